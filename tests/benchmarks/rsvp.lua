-- Everybody signs up with a mail address and a network of their own, with one form token.
local count = 0
local form = "name=Buur&party_size=1&website=&token=" .. os.getenv("FORM_TOKEN")

request = function()
  count = count + 1
  wrk.headers["X-Forwarded-For"] = string.format(
    "10.%d.%d.7", math.floor(count / 250) % 250, count % 250
  )
  wrk.headers["Content-Type"] = "application/x-www-form-urlencoded"
  return wrk.format("POST", nil, nil, form .. "&email=buur" .. count .. "@straat.example")
end
