// The walk through go-github, as Debian has it: GO111MODULE=off, GOPATH=/usr/share/gocode.
package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"os"

	"github.com/google/go-github/github"
	"golang.org/x/oauth2"
)

var ctx = context.Background()

func check(err error) {
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

func clientOf(token string) *github.Client {
	source := oauth2.StaticTokenSource(&oauth2.Token{AccessToken: token})
	url := os.Getenv("URL")
	client, err := github.NewEnterpriseClient(url, url, oauth2.NewClient(ctx, source))
	check(err)
	return client
}

func statusOf(err error) any {
	var refused *github.ErrorResponse
	if errors.As(err, &refused) {
		return refused.Response.StatusCode
	}
	return fmt.Sprint(err)
}

func logins(users []*github.User) []string {
	names := []string{}
	for _, user := range users {
		names = append(names, user.GetLogin())
	}
	return names
}

func countFollowers(client *github.Client) int {
	options := &github.ListOptions{PerPage: 10}
	count := 0
	for {
		page, response, err := client.Users.ListFollowers(ctx, "mona", options)
		check(err)
		count += len(page)
		if response.NextPage == 0 {
			return count
		}
		options.Page = response.NextPage
	}
}

func main() {
	name := os.Getenv("NAME")
	client := clientOf(os.Getenv("TOKEN"))
	done := map[string]any{}

	_, _, err := client.Admin.CreateUser(ctx, name, name+"@example.test")
	check(err)
	user, _, err := client.Users.Get(ctx, name)
	check(err)
	done["created"] = user.GetLogin() == name

	_, err = client.Users.Follow(ctx, "mona")
	check(err)
	follows, _, err := client.Users.IsFollowing(ctx, "", "mona")
	check(err)
	done["follows"] = follows
	following, _, err := client.Users.ListFollowing(ctx, "", nil)
	check(err)
	done["following"] = logins(following)
	done["followers"] = countFollowers(client)
	found, _, err := client.Search.Users(ctx, "fan in:login", nil)
	check(err)
	done["found"] = found.GetTotal()
	_, err = client.Users.Unfollow(ctx, "mona")
	check(err)
	done["unfollowed"] = countFollowers(client)

	_, err = client.Users.BlockUser(ctx, "mona")
	check(err)
	blocked, _, err := client.Users.ListBlockedUsers(ctx, nil)
	check(err)
	done["blocks"] = logins(blocked)
	_, err = client.Users.UnblockUser(ctx, "mona")
	check(err)

	_, err = client.Users.Suspend(ctx, name, &github.UserSuspendOptions{Reason: github.String("a walk")})
	check(err)
	user, _, err = client.Users.Get(ctx, name)
	check(err)
	done["suspended"] = user.SuspendedAt != nil
	_, err = client.Users.Unsuspend(ctx, name)
	check(err)

	wanted := &github.Key{Title: github.String("laptop"), Key: github.String(os.Getenv("KEY"))}
	key, _, err := client.Users.CreateKey(ctx, wanted)
	check(err)
	keys, _, err := client.Users.ListKeys(ctx, "", nil)
	check(err)
	titles := []string{}
	for _, each := range keys {
		titles = append(titles, each.GetTitle())
	}
	done["keys"] = titles
	_, err = client.Users.DeleteKey(ctx, key.GetID())
	check(err)
	keys, _, err = client.Users.ListKeys(ctx, "", nil)
	check(err)
	done["keys_left"] = len(keys)

	token, _, err := client.Admin.CreateUserImpersonation(ctx, name, &github.ImpersonateUserOptions{Scopes: []string{"user", "repo"}})
	check(err)
	asUser := clientOf(token.GetToken())
	user, _, err = asUser.Users.Get(ctx, "")
	check(err)
	done["token_of"] = user.GetLogin() == name
	mutation := `mutation { changeUserStatus(input: {emoji: ":coffee:"}) { status { emoji } } }`
	request, err := asUser.NewRequest("POST", os.Getenv("URL")+"/api/graphql", map[string]string{"query": mutation})
	check(err)
	var changed struct {
		Data struct {
			ChangeUserStatus struct{ Status struct{ Emoji string } }
		}
	}
	_, err = asUser.Do(ctx, request, &changed)
	check(err)
	done["status"] = changed.Data.ChangeUserStatus.Status.Emoji
	_, err = client.Admin.DeleteUserImpersonation(ctx, name)
	check(err)
	_, _, err = asUser.Users.Get(ctx, "")
	done["revoked"] = statusOf(err)

	_, err = client.Admin.DeleteUser(ctx, name)
	check(err)
	_, _, err = client.Users.Get(ctx, name)
	done["deleted"] = statusOf(err)

	check(json.NewEncoder(os.Stdout).Encode(done))
}
