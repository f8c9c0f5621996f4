use strict;
use warnings;
use GitLab::API::v4;
use JSON::PP;

my $name = $ENV{NAME};
my $url = "$ENV{URL}/api/v4";
my $client = GitLab::API::v4->new(url => $url, private_token => $ENV{TOKEN});
my %done;

$client->create_user({
    username => $name, name => $name, email => "$name\@example.test",
    password => $ENV{PASSWORD}, skip_confirmation => 'true',
});
my $user = $client->users({ username => $name })->[0];
$done{created} = $user->{state};

# The module has no methods for follows and statuses; this is what all its methods call.
sub call {
    my ($as, $method, $path, %options) = @_;
    return $as->_call_rest_client($method, $path, [], \%options);
}

sub count_followers {
    my ($id) = @_;
    my $count = 0;
    for (my $page = 1; ; $page++) {
        my $rows = call($client, 'GET', "users/$id/followers", query => { per_page => 10, page => $page });
        return $count unless @$rows;
        $count += @$rows;
    }
}

my $mona = $client->users({ username => 'mona' })->[0];
my $root = $client->current_user;
call($client, 'POST', "users/$mona->{id}/follow");
$done{following} = [map { $_->{username} } @{ call($client, 'GET', "users/$root->{id}/following") }];
$done{fans} = scalar @{ $client->paginator('users', { search => 'fan', per_page => 10 })->all };
$done{followers} = count_followers($mona->{id});
call($client, 'POST', "users/$mona->{id}/unfollow");
$done{unfollowed} = count_followers($mona->{id});

$client->block_user($user->{id});
$done{blocked} = $client->user($user->{id})->{state};
$client->unblock_user($user->{id});
$done{unblocked} = $client->user($user->{id})->{state};

$client->create_user_ssh_key($user->{id}, { title => 'laptop', key => $ENV{KEY} });
my $keys = $client->user_ssh_keys($user->{id});
$done{keys} = [map { $_->{title} } @$keys];
$client->delete_user_ssh_key($user->{id}, $keys->[0]{id});
$done{keys_left} = scalar @{ $client->user_ssh_keys($user->{id}) };

my $token = $client->create_user_impersonation_token($user->{id}, { name => 'walk', scopes => ['api'] });
my $as_user = GitLab::API::v4->new(url => $url, private_token => $token->{token});
$done{token_of} = $as_user->current_user->{username} eq $name ? JSON::PP::true : JSON::PP::false;
call($as_user, 'PUT', 'user/status', content => { emoji => 'coffee', message => 'back soon' });
$done{status} = call($client, 'GET', "users/$user->{id}/status")->{emoji};
$client->delete_user_impersonation_token($user->{id}, $token->{id});
eval { $as_user->current_user };
$done{revoked} = $@ =~ /\b401\b/ ? 401 : $@;

$client->delete_user($user->{id});
$done{deleted} = defined $client->user($user->{id}) ? 'there' : 404;

print JSON::PP->new->canonical->encode(\%done), "\n";
