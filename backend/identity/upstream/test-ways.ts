import type { TestClient, TestConsent } from "./test-consent.ts";
import { TestGithub } from "./test-github.ts";
import { TestIssuer } from "./test-issuer.ts";
import type { StandInServer } from "./test-stand-in.ts";

/** Somebody at a stand-in. `vouched`: the upstream is to be believed about their address. */
export type TestAccount = { subject: string; address: string; vouched: boolean };

/** A way in with its stand-in: what the conformance suite has to know of each. */
export type TestWay = {
	id: string;
	title: string;
	/** The backend's settings that offer it. */
	variables: Record<string, string>;
	server: StandInServer;
	consent: TestConsent;
	/** Null: it has no ID tokens. */
	issuer: TestIssuer | null;
	/** The path that redeems codes. */
	tokenPath: string;
	/** What the stand-in is called in the callback's `iss`. */
	name: string;
	/** Whether its accounts can be chosen among anew each time. */
	selectsAccount: boolean;
	/** What is expected of a grant that is taken back. */
	revokes: boolean;
	/** Makes the account, or changes the one of this subject. @returns its key on the consent page, and the label people see */
	put(account: TestAccount): { key: string; label: string };
	revoked(): readonly string[];
};

export type TestWayFactory = { id: string; hasIdTokens: boolean; open(client: TestClient): Promise<TestWay> };

/** Every way in by its file's name; the suite fails when one is missing. */
export const testWays: readonly TestWayFactory[] = [
	{ id: "google", hasIdTokens: true, open: openGoogle },
	{ id: "github", hasIdTokens: false, open: openGithub },
	{ id: "microsoft", hasIdTokens: true, open: openMicrosoft },
	{ id: "oidc", hasIdTokens: true, open: openOidc },
	{ id: "clerk", hasIdTokens: true, open: openClerk },
];

const directory = "72f988bf-86f1-41af-91ab-2d7cd011db47";

async function openGoogle(client: TestClient): Promise<TestWay> {
	const issuer = await new TestIssuer({ client }).start();
	// Believed only about its own addresses: the other one is "verified" as well, and not Google's.
	const claims = ({ address, vouched }: TestAccount) => ({
		email: vouched ? `${address}@gmail.com` : `${address}@example.test`,
		email_verified: true,
	});
	const variables = { ...clientVariables("GOOGLE", client), GOOGLE_OAUTH_URL: issuer.address };
	return issuerWay({ id: "google", title: "Google", issuer, claims, variables });
}

async function openMicrosoft(client: TestClient): Promise<TestWay> {
	const path = "/common/v2.0";
	const named = (address: string) => address.replace("/common/", "/{tenantid}/");
	const issuer = await new TestIssuer({ client, path, named }).start();
	issuer.metadata = { revocation_endpoint: undefined };
	const claims = ({ address, vouched }: TestAccount) => ({
		iss: issuer.issuer.replace("{tenantid}", directory),
		tid: directory,
		email: `${address}@example.test`,
		...(vouched ? { xms_edov: true } : {}),
	});
	const variables = { ...clientVariables("MICROSOFT", client), MICROSOFT_OAUTH_URL: issuer.server.url };
	return { ...issuerWay({ id: "microsoft", title: "Microsoft", issuer, claims, variables }), revokes: false };
}

async function openOidc(client: TestClient): Promise<TestWay> {
	const issuer = await new TestIssuer({ client, named: (address) => `${address}/` }).start();
	const title = { SHEAF_OIDC_TITLE: "Example Works" };
	// Some tell the address at the UserInfo endpoint only, and do not know the word.
	issuer.onlyUserInfo = ["email", "email_verified"];
	issuer.metadata = { prompt_values_supported: undefined };
	const variables = { ...clientVariables("OIDC", client), ...title, SHEAF_OIDC_ISSUER: issuer.address };
	const way = issuerWay({ id: "oidc", title: "Example Works", issuer, claims: plainClaims, variables });
	return { ...way, selectsAccount: false };
}

async function openClerk(client: TestClient): Promise<TestWay> {
	const issuer = await new TestIssuer({ client }).start();
	const variables = { ...clientVariables("CLERK", client), SHEAF_CLERK_ISSUER: issuer.address };
	return issuerWay({ id: "clerk", title: "Clerk", issuer, claims: plainClaims, variables });
}

async function openGithub(client: TestClient): Promise<TestWay> {
	const github = await new TestGithub(client).start();
	const urls = { GITHUB_URL: github.url, GITHUB_API_URL: github.url };
	const ids: string[] = [];
	return {
		id: "github",
		title: "GitHub",
		variables: { ...clientVariables("GITHUB", client), ...urls },
		server: github.server,
		consent: github.consent,
		issuer: null,
		tokenPath: "/login/oauth/access_token",
		name: `${github.url}/login/oauth`,
		selectsAccount: true,
		revokes: true,
		put: ({ subject, address, vouched }) => {
			if (!ids.includes(subject)) ids.push(subject);
			const login = address;
			for (const [key, { id }] of github.users) if (id === ids.indexOf(subject) + 1) github.users.delete(key);
			const primary = { email: `${address}@Example.test`, primary: true, verified: vouched };
			const other = { email: `${address}-other@example.test`, primary: false, verified: true };
			const name = "Ada King Lovelace";
			github.users.set(login, { id: ids.indexOf(subject) + 1, login, name, emails: [other, primary] });
			return { key: login, label: login };
		},
		revoked: () => github.revoked,
	};
}

type IssuerWay = Pick<TestWay, "id" | "title" | "variables"> & {
	issuer: TestIssuer;
	claims: (account: TestAccount) => Record<string, unknown>;
};

function issuerWay({ id, title, variables, issuer, claims }: IssuerWay): TestWay {
	return {
		id,
		title,
		variables,
		server: issuer.server,
		consent: issuer.consent,
		issuer,
		tokenPath: issuer.path("/token"),
		name: issuer.issuer,
		selectsAccount: true,
		revokes: true,
		put: (account) => {
			const told = claims(account);
			issuer.accounts.set(account.subject, { given_name: "Ada", family_name: "King Lovelace", ...told });
			return { key: account.subject, label: String(told["email"]) };
		},
		revoked: () => issuer.revoked,
	};
}

function plainClaims({ address, vouched }: TestAccount): Record<string, unknown> {
	return { email: `${address}@example.test`, email_verified: vouched };
}

function clientVariables(name: string, { clientId, clientSecret }: TestClient): Record<string, string> {
	return { [`SHEAF_${name}_CLIENT_ID`]: clientId, [`SHEAF_${name}_CLIENT_SECRET`]: clientSecret };
}
