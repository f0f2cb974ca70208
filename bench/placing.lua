-- wrk -s placing.lua URL -- uni|hot TOKENS: orders of ten lines, each with a key of its own and the token of one distributor.
local thread_n = 0
function setup(t) thread_n = thread_n + 1; t:set("seed", os.time() * 7 + thread_n * 7919) end
local cdf, hot, tokens, sent = {}, false, {}, 0
local function zipf(n, s, key)
  local c = cdf[key]
  if not c then c = {}; local t = 0; for i = 1, n do t = t + 1 / i ^ s; c[i] = t end; for i = 1, n do c[i] = c[i] / t end; cdf[key] = c end
  local u = math.random(); for i = 1, n do if u <= c[i] then return i end end; return n
end
function init(args)
  math.randomseed(seed); hot = args[1] == "hot"
  for line in io.lines(args[2]) do tokens[#tokens + 1] = line end
  wrk.method = "POST"; wrk.headers["Content-Type"] = "application/json"
end
function request()
  local lines = {}
  for i = 0, 9 do
    local p = 50 * i + (hot and zipf(50, 1.5, "p") or math.random(1, 50))
    lines[#lines + 1] = '{"product":"SKU' .. string.format("%06d", p) .. '","quantity":' .. math.random(1, 9) .. '}'
  end
  sent = sent + 1
  local token = tokens[hot and 5 * math.random(1, 140) - 5 + zipf(5, 1.5, "w") or math.random(1, #tokens)]
  local headers = { ["Content-Type"] = "application/json", ["Authorization"] = "Token " .. token, ["Idempotency-Key"] = seed .. "-" .. sent }
  return wrk.format(nil, nil, headers, '{"submit":true,"lines":[' .. table.concat(lines, ",") .. ']}')
end
function done(s, l, r)
  io.write(string.format("RES rps=%.1f p50=%.2f p95=%.2f p99=%.2f n=%d err=%d\n", s.requests / (s.duration / 1e6), l:percentile(50) / 1000,
    l:percentile(95) / 1000, l:percentile(99) / 1000, s.requests, s.errors.status + s.errors.connect + s.errors.read + s.errors.write + s.errors.timeout))
end
