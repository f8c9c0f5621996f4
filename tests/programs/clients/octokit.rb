require "json"
require "octokit"

base = "#{ENV['URL']}/api/v3"
name = ENV["NAME"]
client = Octokit::Client.new(access_token: ENV["TOKEN"], api_endpoint: base, per_page: 10, auto_paginate: true)
admin = Octokit::EnterpriseAdminClient.new(access_token: ENV["TOKEN"], api_endpoint: base)
done = {}

admin.create_user(name, "#{name}@example.test")
done[:created] = client.user(name).login == name

client.follow("mona")
done[:follows] = client.follows?("mona")
done[:following] = client.following("root").map(&:login)
done[:followers] = client.followers("mona").size
done[:found] = client.search_users("fan in:login").total_count
client.unfollow("mona")
done[:unfollowed] = client.followers("mona").size

client.put("user/blocks/mona")
done[:blocks] = client.get("user/blocks").map(&:login)
client.delete("user/blocks/mona")

admin.suspend(name)
done[:suspended] = !client.user(name).suspended_at.nil?
admin.unsuspend(name)

key = client.add_key("laptop", ENV["KEY"])
done[:keys] = client.keys.map(&:title)
client.remove_key(key.id)
done[:keys_left] = client.keys.size

token = admin.create_impersonation_token(name, scopes: %w[user repo]).token
as_user = Octokit::Client.new(access_token: token, api_endpoint: base)
done[:token_of] = as_user.user.login == name
mutation = 'mutation { changeUserStatus(input: {emoji: ":coffee:"}) { status { emoji } } }'
graphql = Octokit::Client.new(access_token: token, api_endpoint: "#{ENV['URL']}/api")
done[:status] = graphql.post("graphql", { query: mutation }.to_json).data.changeUserStatus.status.emoji
admin.delete_impersonation_token(name)
begin
  done[:revoked] = Octokit::Client.new(access_token: token, api_endpoint: base).user.login
rescue Octokit::Error => error
  done[:revoked] = error.response_status
end

admin.delete_user(name)
begin
  done[:deleted] = client.user(name).login
rescue Octokit::NotFound => error
  done[:deleted] = error.response_status
end

puts JSON.generate(done.sort.to_h)
