import json
import os

import gitlab

name = os.environ["NAME"]
client = gitlab.Gitlab(os.environ["URL"], private_token=os.environ["TOKEN"])
client.auth()
done = {}

user = client.users.create(
    {
        "username": name,
        "name": name,
        "email": f"{name}@example.test",
        "password": os.environ["PASSWORD"],
        "skip_confirmation": True,
    }
)
done["created"] = user.state

mona = client.users.list(username="mona")[0]
mona.follow()
me = client.users.get(client.user.id)
done["following"] = [each.username for each in me.following_users.list()]
done["fans"] = len(client.users.list(search="fan", per_page=10, all=True))
done["followers"] = len(list(mona.followers_users.list(per_page=10, iterator=True)))
mona.unfollow()
done["unfollowed"] = len(mona.followers_users.list(all=True))

user.block()
done["blocked"] = client.users.get(user.id).state
user.unblock()
done["unblocked"] = client.users.get(user.id).state

key = user.keys.create({"title": "laptop", "key": os.environ["KEY"]})
done["keys"] = [each.title for each in user.keys.list()]
key.delete()
done["keys_left"] = len(user.keys.list())

token = user.impersonationtokens.create({"name": "walk", "scopes": ["api"]})
as_user = gitlab.Gitlab(os.environ["URL"], private_token=token.token)
as_user.auth()
done["token_of"] = as_user.user.username == name
status = as_user.user.status.get()
status.emoji = "coffee"
status.message = "back soon"
status.save()
done["status"] = client.users.get(user.id).status.get().emoji
token.delete()
try:
    as_user.auth()
except gitlab.exceptions.GitlabAuthenticationError as error:
    done["revoked"] = error.response_code

user.delete()
try:
    client.users.get(user.id)
except gitlab.exceptions.GitlabGetError as error:
    done["deleted"] = error.response_code

print(json.dumps(done, sort_keys=True))
