use strict;
use warnings;
use JSON::PP;
use Net::GitHub::V3;

my $name = $ENV{NAME};
my $base = "$ENV{URL}/api/v3";

sub client {
    my ($token, $url) = @_;
    return Net::GitHub::V3->new(access_token => $token, api_url => $url // $base, RaiseError => 1);
}

my $client = client($ENV{TOKEN});
my $users = $client->user;
my %done;

sub truth { return $_[0] ? JSON::PP::true : JSON::PP::false }

# The module has no methods for user administration; this is what all its methods call.
sub call {
    my ($method, $path, $values) = @_;
    return $users->query($method, $path, $values // ());
}

sub status_of {
    my ($work) = @_;
    eval { $work->() };
    return $@ =~ /Bad credentials/ ? 401 : $@ =~ /Not Found/ ? 404 : $@;
}

# The module follows pages of https alone, so they are counted.
sub count_followers {
    my $count = 0;
    for (my $page = 1; ; $page++) {
        my @rows = call('GET', "/users/mona/followers?per_page=10&page=$page");
        return $count unless @rows;
        $count += @rows;
    }
}

call('POST', '/admin/users', { login => $name, email => "$name\@example.test" });
$done{created} = truth($users->show($name)->{login} eq $name);

$users->follow('mona');
# is_following reads a header that GitHub has not sent since 2020; a refusal is an error here.
$done{follows} = truth(eval { call('GET', '/user/following/mona'); 1 });
$done{following} = [map { $_->{login} } $users->following('root')];
$done{followers} = count_followers();
$done{found} = $client->search->users({ q => 'fan in:login' })->{total_count};
$users->unfollow('mona');
$done{unfollowed} = count_followers();

call('PUT', '/user/blocks/mona');
$done{blocks} = [map { $_->{login} } call('GET', '/user/blocks')];
call('DELETE', '/user/blocks/mona');

call('PUT', "/users/$name/suspended");
$done{suspended} = truth($users->show($name)->{suspended_at});
call('DELETE', "/users/$name/suspended");

my $key = $users->create_key({ title => 'laptop', key => $ENV{KEY} });
$done{keys} = [map { $_->{title} } $users->keys];
$users->delete_key($key->{id});
$done{keys_left} = scalar(my @left = $users->keys);

my $token = call('POST', "/admin/users/$name/authorizations", { scopes => ['user', 'repo'] })->{token};
$done{token_of} = truth(client($token)->user->show->{login} eq $name);
my $mutation = 'mutation { changeUserStatus(input: {emoji: ":coffee:"}) { status { emoji } } }';
my $changed = client($token, "$ENV{URL}/api")->user->query('POST', '/graphql', { query => $mutation });
$done{status} = $changed->{data}{changeUserStatus}{status}{emoji};
call('DELETE', "/admin/users/$name/authorizations");
$done{revoked} = status_of(sub { client($token)->user->show });

call('DELETE', "/admin/users/$name");
$done{deleted} = status_of(sub { $users->show($name) });

print JSON::PP->new->canonical->encode(\%done), "\n";
