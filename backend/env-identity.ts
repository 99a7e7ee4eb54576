import { isAddressRange } from "./address-ranges.ts";
import type { Reader } from "./env-reader.ts";

/** An OAuth client that the operator registered with an upstream. */
export type UpstreamClient = { clientId: string; clientSecret: string };

/** Ways in and what guards them; null where the operator set nothing, and that way is not offered. */
export type IdentityEnv = {
	/** `url` is the issuer (CON-4: overridable). */
	google: (UpstreamClient & { url: string }) | null;
	github: (UpstreamClient & { url: string; apiUrl: string }) | null;
	/** `tenant`: `common`, `organizations`, `consumers` or a directory's id. */
	microsoft: (UpstreamClient & { url: string; tenant: string }) | null;
	/** Any issuer with discovery; `title` is what the button says. */
	oidc: (UpstreamClient & { issuer: string; title: string }) | null;
	clerk: ClerkEnv | null;
	mail: { smtpUrl: string; from: string } | null;
	/** The range API of a breached-password list (k-anonymity: five characters of a hash leave the backend). */
	breachedPasswordsUrl: string | null;
	/** Addresses or CIDR ranges of proxies whose `X-Forwarded-For` is believed. */
	trustedProxies: readonly string[];
	/** Gecko ids of the Firefox builds that may sign in. */
	firefoxIds: readonly string[];
	/**
	 * Whether an e-mail address has to be proven before its account exists. Only a backend that nobody else can reach (on localhost, outside
	 * production, without SMTP) does without: there the link is printed, and whoever runs it need not look for it first.
	 */
	verifiesEmail: boolean;
};

export type ClerkEnv = {
	/** The Frontend API's address, which is the issuer of session tokens. */
	issuer: string;
	/** Origins that tokens may have been made for (`azp`). */
	authorizedParties: readonly string[];
	/** `whsec_…`; null: no webhooks are taken. */
	webhookSecret: string | null;
	/** Clerk as an OAuth provider, for the button on the sign-in page; null: only the exchange is there. */
	client: UpstreamClient | null;
};

/** The id that the Firefox manifest of `wxt.config.ts` names. */
export const officialFirefoxId = "{6f0c2c1e-3a54-4a0c-9d0e-5b7c8f1f2a91}";

/** The official addresses; an overridden one is trusted to be where the operator says. */
export const officialUpstreams = {
	google: "https://accounts.google.com",
	github: "https://github.com",
	githubApi: "https://api.github.com",
	microsoft: "https://login.microsoftonline.com",
} as const;

type Place = { production: boolean; publicUrl: string; problems: string[] };

export function parseIdentityEnv(read: Reader, { production, publicUrl, problems }: Place): IdentityEnv {
	const client = (name: string) => upstreamClient(read, name, problems);
	const [google, github, microsoft, oidc] = [client("GOOGLE"), client("GITHUB"), client("MICROSOFT"), client("OIDC")];
	const mail = mailEnv(read, problems);
	const local = ["localhost", "127.0.0.1"].includes(new URL(publicUrl).hostname);
	return {
		google: google && { ...google, url: read.url("GOOGLE_OAUTH_URL", officialUpstreams.google) },
		github: github && {
			...github,
			url: read.url("GITHUB_URL", officialUpstreams.github),
			apiUrl: read.url("GITHUB_API_URL", officialUpstreams.githubApi),
		},
		microsoft: microsoft && {
			...microsoft,
			url: read.url("MICROSOFT_OAUTH_URL", officialUpstreams.microsoft),
			tenant: read.text("SHEAF_MICROSOFT_TENANT") ?? "common",
		},
		oidc: oidc && {
			...oidc,
			issuer: requiredUrl(read, "SHEAF_OIDC_ISSUER"),
			title: read.text("SHEAF_OIDC_TITLE") ?? "your organisation",
		},
		clerk: clerkEnv(read, client("CLERK"), problems),
		mail,
		breachedPasswordsUrl: optionalUrl(read, "SHEAF_BREACHED_PASSWORDS_URL"),
		trustedProxies: trustedProxies(read, problems),
		firefoxIds: [officialFirefoxId, ...read.list("SHEAF_FIREFOX_IDS")],
		verifiesEmail: production || mail !== null || !local,
	};
}

/** Both or neither: half a client would be a button that always fails. */
/** Reads `SHEAF_<name>_CLIENT_ID` and its secret; null when neither is set. */
export function upstreamClient(read: Reader, name: string, problems: string[]): UpstreamClient | null {
	const [idName, secretName] = [`SHEAF_${name}_CLIENT_ID`, `SHEAF_${name}_CLIENT_SECRET`];
	const [clientId, clientSecret] = [read.text(idName), read.text(secretName)];
	if (clientId !== null && clientSecret !== null) return { clientId, clientSecret };
	if (clientId !== null || clientSecret !== null)
		problems.push(`${idName} and ${secretName} go together: set both or none.`);
	return null;
}

function clerkEnv(read: Reader, client: UpstreamClient | null, problems: string[]): ClerkEnv | null {
	const issuer = optionalUrl(read, "SHEAF_CLERK_ISSUER");
	if (issuer === null) return null;
	const webhookSecret = read.text("SHEAF_CLERK_WEBHOOK_SECRET");
	// It is a secret, so it is not repeated.
	if (webhookSecret !== null && !/^whsec_[A-Za-z0-9+/]+=*$/.test(webhookSecret)) {
		problems.push(
			"SHEAF_CLERK_WEBHOOK_SECRET must be the endpoint's signing secret as Clerk shows it: whsec_ and base64.",
		);
	}
	return { issuer, authorizedParties: read.list("SHEAF_CLERK_AUTHORIZED_PARTIES"), webhookSecret, client };
}

function mailEnv(read: Reader, problems: string[]): IdentityEnv["mail"] {
	const [smtpUrl, from] = [read.text("SHEAF_SMTP_URL"), read.text("SHEAF_MAIL_FROM")];
	if (smtpUrl === null) return null;
	// It may hold a password, so it is not repeated.
	if (!/^smtps?:\/\//.test(smtpUrl) || !URL.canParse(smtpUrl)) {
		problems.push(
			"SHEAF_SMTP_URL must be an address of the form smtp://user:password@host:587 (smtps:// for TLS from the start).",
		);
	}
	if (from === null)
		problems.push("SHEAF_MAIL_FROM is missing: the sender of the letters, as in Sheaf <sheaf@example.org>.");
	return { smtpUrl, from: from ?? "" };
}

/** A typing mistake would silently count everybody as one. */
function trustedProxies(read: Reader, problems: string[]): string[] {
	const ranges = read.list("SHEAF_TRUSTED_PROXIES");
	for (const range of ranges) {
		if (isAddressRange(range)) continue;
		problems.push(`SHEAF_TRUSTED_PROXIES: "${range}" is no address or range, as in 192.0.2.7, 10.0.0.0/8, fd00::/8.`);
	}
	return ranges;
}

function optionalUrl(read: Reader, name: string): string | null {
	return read.text(name) === null ? null : read.url(name, "http://localhost");
}

function requiredUrl(read: Reader, name: string): string {
	return read.text(name) === null ? read.missing(name) : read.url(name, "http://localhost");
}
