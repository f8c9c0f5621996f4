"""Walks followers with PyGithub and python-gitlab: walk.py URL TOKEN USERNAME ID. Prints their counts."""
import sys

import github
import gitlab

url, token, username, number = sys.argv[1:]
# Debian's PyGithub is 1.55, which takes the token as its first argument; later ones do, too.
hub = github.Github(token, base_url=f"{url}/api/v3", retry=3, per_page=100)
followers = [one.login for one in hub.get_user(username).get_followers()]
lab = gitlab.Gitlab(url, private_token=token, per_page=100, retry_transient_errors=True)
user = lab.users.get(int(number))
names = [one.username for one in user.followers_users.list(iterator=True)]
assert sorted(followers) == sorted(names)
print(len(followers), len(names))
