/**
 * Hosts that a person must not be able to lead Sheaf to (SEC-2), as they are typed. Every door is tried with all of them: what one door
 * refuses and another lets through is the hole.
 */
export const privateHosts: readonly string[] = [
	// This machine, in every spelling that a resolver or a URL parser takes.
	"localhost",
	"LOCALHOST",
	"localhost.",
	"127.0.0.1",
	"127.0.0.1.",
	"127.1",
	"127.0.1",
	"127.255.255.254",
	"2130706433",
	"0x7f000001",
	"0x7f.1",
	"0x7f.0.0.1",
	"0177.0.0.1",
	"017700000001",
	"0",
	"0.0.0.0",
	"①②⑦.⓪.⓪.①",
	"127。0。0。1",
	"127.0.0.1",
	"[::1]",
	"[::]",
	"[0:0:0:0:0:0:0:1]",
	// IPv4 inside IPv6: mapped, translated, compatible, NAT64, 6to4, Teredo.
	"[::ffff:127.0.0.1]",
	"[::ffff:7f00:1]",
	"[::ffff:0:127.0.0.1]",
	"[::127.0.0.1]",
	"[64:ff9b::127.0.0.1]",
	"[64:ff9b::a9fe:a9fe]",
	"[64:ff9b:1::a00:1]",
	"[2002:7f00:1::]",
	"[2002:a9fe:a9fe::]",
	"[2001:0:4136:e378:8000:63bf:3fff:fdd2]",
	// Private networks and their neighbours.
	"10.0.0.1",
	"10.255.255.255",
	"172.16.0.1",
	"172.31.255.255",
	"192.168.0.1",
	"100.64.0.1",
	"[fc00::1]",
	"[fd12:3456:789a::1]",
	"[fe80::1]",
	"[fec0::1]",
	// Metadata of the clouds.
	"169.254.169.254",
	"2852039166",
	"0xa9fea9fe",
	"0251.0376.0251.0376",
	"[::ffff:169.254.169.254]",
	"[fd00:ec2::254]",
	"100.100.100.200",
	"168.63.129.16",
	"192.0.0.192",
	// Nobody's: documentation, benchmarks, multicast, reserved.
	"192.0.2.1",
	"198.18.0.1",
	"198.51.100.1",
	"203.0.113.1",
	"192.88.99.1",
	"224.0.0.1",
	"240.0.0.1",
	"255.255.255.255",
	"[100::1]",
	"[2001:db8::1]",
	"[3fff::1]",
	"[ff02::1]",
];

/** What no host is: never looked up. */
export const malformedHosts: readonly string[] = [
	"",
	" ",
	"/var/run/postgresql",
	"/var/run/postgresql/.s.PGSQL.5432",
	"\\\\server\\pipe",
	"user@db.example.com",
	"user:secret@db.example.com",
	"db.example.com/path",
	"db.example.com?host=127.0.0.1",
	"db.example.com#127.0.0.1",
	"db.example.com,127.0.0.1",
	"db.example.com 127.0.0.1",
	"db.example.com\r\nHost: internal",
	"db.example.com%00.test",
	"%2fvar%2frun%2fpostgresql",
	"fe80::1%eth0",
	"[fe80::1%25eth0]",
	"[::1",
	"256.256.256.256",
	"0x7f.0.0.0.1",
];

/** Names that a resolver answers so, because their owner says so. */
export const namesThatLie: readonly (readonly [name: string, answers: readonly string[]])[] = [
	["one private among public", ["1.1.1.1", "10.0.0.1"]],
	["the private one first", ["127.0.0.1", "1.1.1.1"]],
	["public IPv4 and mapped IPv6", ["1.1.1.1", "::ffff:127.0.0.1"]],
	["public IPv4 and unique local IPv6", ["8.8.8.8", "fd00::1"]],
	["metadata", ["169.254.169.254"]],
	["no address at all in it", ["not an address"]],
];

/** Ports of what is no database, and what is no port. */
export const refusedPorts: readonly number[] = [22, 25, 80, 111, 389, 443, 445, 1_023];
export const malformedPorts: readonly number[] = [-1, 0, 0.5, 65_536, Number.NaN, Number.POSITIVE_INFINITY];
