-- Posts batches of hires to the gateway. Arguments: key, events in a batch, file for the ids that were accepted, name of the run.
-- Every event has an id of its own; each 202 must name as many as were sent.
local counter = 0
local threads = {}

function setup(thread)
   thread:set("number", counter)
   table.insert(threads, thread)
   counter = counter + 1
end

function init(args)
   key, size, file, run = args[1], tonumber(args[2]), args[3], args[4]
   sent, accepted, refused = 0, 0, 0
   out = io.open(file .. "." .. number, "w")
   wrk.method = "POST"
   wrk.path = "/v1/events"
   wrk.headers["Content-Type"] = "application/json"
   wrk.headers["Authorization"] = "Bearer " .. key
end

function request()
   local events = {}
   for i = 1, size do
      sent = sent + 1
      local n = number * 100000000 + sent
      events[i] = string.format(
         '{"type":"WorkerHired","eventId":"%s-%d","recordedAt":"2025-07-01T08:30:00+07:00","nik":"357301%02d0690%04d",' ..
         '"hireId":"h%d","projectId":"spse:nontender:10099782000","contractorId":"npp:15070955","startsOn":"2025-07-01"}',
         run, n, 41 + n % 28, 1 + 10 * (n % 999), n)
   end
   return wrk.format(nil, nil, nil, "[" .. table.concat(events, ",") .. "]")
end

function response(status, headers, body)
   if status == 202 then
      for id in body:gmatch('"(' .. run:gsub("%-", "%%-") .. '%-%d+)"') do
         accepted = accepted + 1
         out:write(id, "\n")
      end
      out:flush()
   else
      refused = refused + 1
   end
end

function done(summary, latency, requests)
   local accepted, refused = 0, 0
   for _, thread in ipairs(threads) do
      accepted = accepted + thread:get("accepted")
      refused = refused + thread:get("refused")
   end
   io.write(string.format(
      "RESULT accepted=%d refused=%d seconds=%.3f events_per_second=%.0f p50_ms=%.1f p99_ms=%.1f max_ms=%.1f errors=%d\n",
      accepted, refused, summary.duration / 1e6, accepted / (summary.duration / 1e6),
      latency:percentile(50) / 1000, latency:percentile(99) / 1000, latency.max / 1000,
      summary.errors.connect + summary.errors.read + summary.errors.write + summary.errors.timeout))
end
