/** What a connection address says; what it leaves out is empty. */
export type AddressParts = {
	host: string;
	port: string;
	database: string;
	user: string;
	password: string;
	sslmode: string;
};

/** The password is everything up to the last @: people paste theirs as they know it, with signs in it that an address has to escape. */
const pattern =
	/^postgres(?:ql)?:\/\/([^:/?#@]*)(?::(.*))?@(\[[^\]@]*\]|[^:/?#@]*)(?::(\d*))?(?:\/([^?#@]*))?(?:\?([^@]*))?$/i;

/**
 * A `postgres://` address as a provider's page shows it, Supabase's three forms among them. Of its parameters only `sslmode` counts: `host`
 * and the others could lead elsewhere than the address says.
 *
 * @returns null when it is none
 */
export function readAddress(text: string): AddressParts | null {
	const found = pattern.exec(text.trim());
	if (found === null) return null;
	const [, user = "", password = "", host = "", port = "", database = "", query = ""] = found;
	return {
		host,
		port,
		database: unescaped(database),
		user: unescaped(user),
		password: unescaped(password),
		sslmode: new URLSearchParams(query).get("sslmode") ?? "",
	};
}

function unescaped(text: string): string {
	try {
		return decodeURIComponent(text);
	} catch {
		return text;
	}
}
