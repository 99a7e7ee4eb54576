import { createServer } from "node:net";
import { fileURLToPath } from "node:url";

/**
 * The package `emulate` (0.11.2) as Google, GitHub, Microsoft and Okta: servers that others wrote. Their ports follow one another.
 * What it lacks is in this folder's README.
 */
export const emulated = ["google", "github", "microsoft", "okta"] as const;
export type Emulated = (typeof emulated)[number];

/** The way in that each of them is; Okta is "any issuer". */
export const wayOf: Readonly<Record<Emulated, string>> = {
	google: "google",
	github: "github",
	microsoft: "microsoft",
	okta: "oidc",
};

/** What the button of the chosen person says on each one's page. */
export const emulatedPeople: Readonly<Record<Emulated, string>> = {
	google: "ada@gmail.com",
	github: "ada-at-github",
	microsoft: "ada@works.example",
	okta: "ada@okta.example",
};

/** An account at GitHub with the address that the one at Google has. */
export const sameAddress = "ada-elsewhere";

const client = (name: Emulated) => ({ client_id: `sheaf-at-${name}`, client_secret: `secret-of-${name}` });

export function emulatedAddress(firstPort: number, name: Emulated): string {
	return `http://localhost:${firstPort + emulated.indexOf(name)}`;
}

/** For Node, which it needs. Not the package's script: a signal is to reach the servers themselves. */
export function emulateCommand(firstPort: number, seedFile: string): string[] {
	const program = fileURLToPath(import.meta.resolve("emulate/cli"));
	return ["node", program, "start", "--service", emulated.join(","), "--port", String(firstPort), "--seed", seedFile];
}

/** What the seed file holds, as JSON. */
export function emulateSeed(publicUrl: string): Record<Emulated, object> {
	const app = (name: Emulated) => ({
		...client(name),
		name: "Sheaf",
		redirect_uris: [`${publicUrl}/oauth/callback/${wayOf[name]}`],
	});
	const name = "Ada Lovelace";
	const people = emulatedPeople;
	return {
		google: { users: [{ email: people.google, name }], oauth_clients: [app("google")] },
		github: {
			users: [
				{ login: people.github, name, email: "ada@github.example" },
				{ login: sameAddress, name, email: people.google },
			],
			oauth_apps: [app("github")],
		},
		microsoft: { users: [{ email: people.microsoft, name }], oauth_clients: [app("microsoft")] },
		okta: {
			users: [{ login: people.okta, first_name: "Ada", last_name: "Lovelace" }],
			oauth_clients: [{ ...app("okta"), auth_server_id: "default" }],
		},
	};
}

/** A backend's settings that offer all of them. */
export function emulateVariables(firstPort: number): Record<string, string> {
	const at = (name: Emulated) => emulatedAddress(firstPort, name);
	const clients = emulated.flatMap((name) => {
		const prefix = `SHEAF_${wayOf[name].toUpperCase()}_CLIENT`;
		const { client_id: id, client_secret: secret } = client(name);
		return [
			[`${prefix}_ID`, id],
			[`${prefix}_SECRET`, secret],
		];
	});
	return {
		...Object.fromEntries(clients),
		GOOGLE_OAUTH_URL: at("google"),
		GITHUB_URL: at("github"),
		GITHUB_API_URL: at("github"),
		MICROSOFT_OAUTH_URL: at("microsoft"),
		SHEAF_OIDC_ISSUER: `${at("okta")}/oauth2/default`,
		SHEAF_OIDC_TITLE: "Okta",
	};
}

/** The first of `count` loopback ports in a row that were all free a moment ago. */
export async function firstOfFreePorts(count: number): Promise<number> {
	for (let tries = 0; tries < 50; tries += 1) {
		// Below the range that the system gives out by itself, so that nobody takes one in between.
		const first = 20_000 + Math.floor(Math.random() * 10_000);
		const ports = Array.from({ length: count }, (_, index) => first + index);
		if ((await Promise.all(ports.map(isFree))).every(Boolean)) return first;
	}
	throw new Error("There are no free ports in a row.");
}

async function isFree(port: number): Promise<boolean> {
	const probe = createServer();
	return await new Promise((resolve) => {
		probe.once("error", () => resolve(false));
		probe.listen(port, () => probe.close(() => resolve(true)));
	});
}

/** The form behind a person's button on an authorization page, as a browser would send it. */
export function chosenForm(page: string, person: string): { action: string; fields: URLSearchParams } {
	const form = page.split("<form").find((one) => one.includes(`class="user-login">${person}<`));
	const [, action] = /action="([^"]*)"/.exec(form ?? "") ?? [];
	if (form === undefined || action === undefined) throw new Error(`Nobody is called ${person} there.`);
	const fields = new URLSearchParams();
	for (const [, name = "", value = ""] of form.matchAll(/name="([^"]*)" value="([^"]*)"/g)) {
		fields.append(name, value.replaceAll("&amp;", "&"));
	}
	return { action, fields };
}
