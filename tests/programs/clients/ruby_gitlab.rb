require "gitlab"
require "json"

name = ENV["NAME"]
client = Gitlab.client(endpoint: "#{ENV['URL']}/api/v4", private_token: ENV["TOKEN"])
done = {}

user = client.create_user("#{name}@example.test", ENV["PASSWORD"], name, name: name, skip_confirmation: true)
done[:created] = user.state

mona = client.users(username: "mona").first
client.post("/users/#{mona.id}/follow")
done[:following] = client.get("/users/#{client.user.id}/following").map(&:username)
done[:fans] = client.users(search: "fan", per_page: 10).auto_paginate.size
done[:followers] = client.get("/users/#{mona.id}/followers", query: { per_page: 10 }).auto_paginate.size
client.post("/users/#{mona.id}/unfollow")
done[:unfollowed] = client.get("/users/#{mona.id}/followers", query: { per_page: 10 }).auto_paginate.size

client.block_user(user.id)
done[:blocked] = client.user(user.id).state
client.unblock_user(user.id)
done[:unblocked] = client.user(user.id).state

key = client.create_ssh_key("laptop", ENV["KEY"], user_id: user.id)
done[:keys] = client.ssh_keys(user_id: user.id).map(&:title)
client.delete_ssh_key(key.id, user_id: user.id)
done[:keys_left] = client.ssh_keys(user_id: user.id).size

token = client.post("/users/#{user.id}/impersonation_tokens", body: { name: "walk", scopes: ["api"] })
as_user = Gitlab.client(endpoint: "#{ENV['URL']}/api/v4", private_token: token.token)
done[:token_of] = as_user.user.username == name
as_user.put("/user/status", body: { emoji: "coffee", message: "back soon" })
done[:status] = client.get("/users/#{user.id}/status").emoji
client.delete("/users/#{user.id}/impersonation_tokens/#{token.id}")
begin
  as_user.user
rescue Gitlab::Error::Unauthorized => error
  done[:revoked] = error.response_status
end

client.delete_user(user.id)
begin
  client.user(user.id)
rescue Gitlab::Error::NotFound => error
  done[:deleted] = error.response_status
end

puts JSON.generate(done.sort.to_h)
