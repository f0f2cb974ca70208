from distribution.settings.base import *
ROOT_URLCONF="lead_urls"
SILENCED_SYSTEM_CHECKS=["admin.E403","admin.E408","admin.E409","admin.E410"]
KNOX_TOKEN_MODEL="accounts.ApiToken"
MIDDLEWARE=["django.contrib.sessions.middleware.SessionMiddleware","django.contrib.auth.middleware.AuthenticationMiddleware","django.contrib.messages.middleware.MessageMiddleware","allauth.account.middleware.AccountMiddleware"]
TEMPLATES=[{"BACKEND":"django.template.backends.django.DjangoTemplates","APP_DIRS":True,"OPTIONS":{"context_processors":["django.template.context_processors.request","django.contrib.auth.context_processors.auth","django.contrib.messages.context_processors.messages"]}}]
DATABASES={"default":{"ENGINE":"django.db.backends.postgresql","NAME":"x","HOST":"/tmp/nowhere"}}
