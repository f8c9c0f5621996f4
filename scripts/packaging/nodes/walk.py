"""Walks followers with PyGithub and python-gitlab: walk.py URL TOKEN USERNAME ID. Prints their counts."""
import sys

import github
import gitlab

url, token, username, number = sys.argv[1:]
hub = github.Github(base_url=f"{url}/api/v3", auth=github.Auth.Token(token), retry=3, per_page=100)
followers = [one.login for one in hub.get_user(username).get_followers()]
lab = gitlab.Gitlab(url, private_token=token, per_page=100, retry_transient_errors=True)
pages = lab.users.get(int(number)).followers_users.list(iterator=True)
names = [one.username for one in pages]
assert sorted(followers) == sorted(names)
print(len(followers), len(names))
