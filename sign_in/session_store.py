"""Sessions in the database and, for speed, in the cache. Signing out ends them even while the cache is away."""

from django.contrib.auth import SESSION_KEY
from django.contrib.sessions.backends.cached_db import SessionStore as CachedSessionStore
from django.core.cache import caches
from redis import RedisError

from accounts.services.passwords import end_all_sessions


class SessionStore(CachedSessionStore):
    def flush(self) -> None:
        """Forget the session; all of the person's where it cannot be taken out of the cache, which would have it again."""
        person_id, key = self.get(SESSION_KEY), self.session_key
        super().flush()
        if person_id is None or key is None:
            return
        try:
            caches["watched"].delete(self.cache_key_prefix + key)
        except RedisError:
            end_all_sessions(person_id=int(person_id))
