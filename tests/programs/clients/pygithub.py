import json
import os

from github import Github, GithubException

base = os.environ["URL"] + "/api/v3"
name = os.environ["NAME"]
client = Github(os.environ["TOKEN"], base_url=base, per_page=10)
me = client.get_user()
done = {}


# The library has no methods for user administration; this is what all its methods call.
def call(method, path, body=None, github=client):
    requester = github._Github__requester
    return requester.requestJsonAndCheck(method, path, input=body)[1]


call("POST", "/admin/users", {"login": name, "email": f"{name}@example.test"})
done["created"] = client.get_user(name).login == name

mona = client.get_user("mona")
me.add_to_following(mona)
done["follows"] = me.has_in_following(mona)
done["following"] = [each.login for each in me.get_following()]
done["followers"] = len(list(mona.get_followers()))
done["found"] = client.search_users("fan in:login").totalCount
me.remove_from_following(mona)
done["unfollowed"] = len(list(mona.get_followers()))

call("PUT", "/user/blocks/mona")
done["blocks"] = [each["login"] for each in call("GET", "/user/blocks")]
call("DELETE", "/user/blocks/mona")

call("PUT", f"/users/{name}/suspended", {"reason": "a walk"})
done["suspended"] = client.get_user(name).suspended_at is not None
call("DELETE", f"/users/{name}/suspended")

key = me.create_key("laptop", os.environ["KEY"])
done["keys"] = [each.title for each in me.get_keys()]
key.delete()
done["keys_left"] = me.get_keys().totalCount

token = call("POST", f"/admin/users/{name}/authorizations", {"scopes": ["user", "repo"]})["token"]
as_user = Github(token, base_url=base)
done["token_of"] = as_user.get_user().login == name
mutation = 'mutation { changeUserStatus(input: {emoji: ":coffee:"}) { status { emoji } } }'
graphql = Github(token, base_url=os.environ["URL"] + "/api")
changed = call("POST", "/graphql", {"query": mutation}, graphql)
done["status"] = changed["data"]["changeUserStatus"]["status"]["emoji"]
call("DELETE", f"/admin/users/{name}/authorizations")
try:
    done["revoked"] = Github(token, base_url=base).get_user().login
except GithubException as error:
    done["revoked"] = error.status

call("DELETE", f"/admin/users/{name}")
try:
    done["deleted"] = client.get_user(name).login
except GithubException as error:
    done["deleted"] = error.status

print(json.dumps(done, sort_keys=True))
