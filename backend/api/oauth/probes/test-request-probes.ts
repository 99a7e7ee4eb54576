import { authorizePath, makePerson, makePkce, redirectUri, TestBrowser } from "../../testing/test-person.ts";
import { type Probe, type ProbeGroup, pageAnswer, together, type World } from "./test-probe.ts";

type Changes = Record<string, string | null>;

const authorize = async ({ backend }: World, changes: Changes) =>
	await new TestBrowser(backend.url).get(authorizePath(makePkce(), changes));

const nowhere = "a page that says no";
const { host } = new URL(redirectUri);

/** Client or redirect is wrong, so that nothing may be sent there (RFC 6749 §4.1.2.1). */
function refused(name: string, tries: string, several: readonly Changes[]): Probe {
	const attack = async (world: World) =>
		together(await Promise.all(several.map(async (changes) => await pageAnswer(await authorize(world, changes)))));
	return { name, tries, promised: nowhere, attack };
}

const redirect = (uri: string): Changes => ({ redirect_uri: uri });

/** The rest is wrong: the client is told, with `iss`, and gets no code. */
function answered(
	name: string,
	{ tries, error }: { tries: string; error: string },
	several: readonly Changes[],
): Probe {
	const attack = async (world: World) => {
		const answers = several.map(async (changes) => {
			const answer = await authorize(world, changes);
			const iss = new URL(answer.headers.get("location") ?? "about:blank").searchParams.get("iss");
			return `${await pageAnswer(answer)}${iss === world.backend.url ? "" : `, iss ${iss}`}`;
		});
		return together(await Promise.all(answers));
	};
	return { name, tries, promised: `sent to the client with ${error}`, attack };
}

const redirects: readonly Probe[] = [
	refused("unknown client", "a client nobody registered, or none, asks for a code", [
		{ client_id: "somebody-else" },
		{ client_id: null },
		{ client_id: "" },
	]),
	refused("redirect of nobody", "the code is to go to an address that is on no list, or to none", [
		redirect("https://attacker.example/"),
		{ redirect_uri: null },
		redirect("javascript:alert(1)"),
		redirect("data:text/html,x"),
	]),
	refused("redirect with another path", "a list that is compared by prefix would let the code end up elsewhere", [
		redirect(`${redirectUri}more`),
		redirect(`${redirectUri}../more`),
		redirect(`${redirectUri}?x=1`),
		redirect(redirectUri.slice(0, -1)),
	]),
	refused(
		"redirect in another case",
		"a comparison that ignores case would accept what the browser treats as another path",
		[redirect(redirectUri.toUpperCase()), redirect(redirectUri.replace("chromiumapp", "ChromiumApp"))],
	),
	refused("redirect with another port", "another server on the same host gets the code", [
		redirect(redirectUri.replace(host, `${host}:8443`)),
		redirect(redirectUri.replace(host, `${host}:443`)),
	]),
	refused("redirect with userinfo", "what looks like the client's host is a user name before the attacker's", [
		redirect(`https://${host}@attacker.example/`),
		redirect(redirectUri.replace("https://", "https://attacker.example@")),
	]),
	refused("redirect with a fragment", "a fragment swallows what the answer appends", [redirect(`${redirectUri}#x`)]),
	refused("redirect with an encoded slash", "a host that ends early once it is decoded", [
		redirect(`https://${host}%2F@attacker.example/`),
		redirect(`https://attacker.example%2F.${host}/`),
		redirect(`https://attacker.example\\@${host}/`),
		redirect(`${redirectUri}%2F..`),
	]),
	refused("redirect to a subdomain", "a wildcard, or a comparison by ending, hands the code to a neighbour", [
		redirect(`https://evil.${host}/`),
		redirect(`https://${host}.attacker.example/`),
		redirect(`https://evil${host}/`),
	]),
	refused("redirect to another extension", "another extension's own address gets the code", [
		redirect(`https://${"a".repeat(32)}.chromiumapp.org/`),
		redirect(`https://${"0".repeat(40)}.extensions.allizom.org/`),
	]),
	refused("redirect over plain http", "the code travels where anybody on the way can read it", [
		redirect(redirectUri.replace("https:", "http:")),
	]),
	{
		name: "two redirects",
		tries: "one redirect is checked and the other one used",
		promised: nowhere,
		attack: async ({ backend }) => {
			const evil = "redirect_uri=https%3A%2F%2Fattacker.example%2F";
			const good = authorizePath(makePkce());
			const both = [`${good}&${evil}`, good.replace("redirect_uri=", `${evil}&redirect_uri=`)];
			const answers = both.map(async (path) => await pageAnswer(await new TestBrowser(backend.url).get(path)));
			return together(await Promise.all(answers));
		},
	},
	refused("client without redirects", "the command line's client, which has no redirect, asks for a code", [
		{ client_id: "sheaf-cli" },
		{ client_id: "sheaf-cli", redirect_uri: "http://127.0.0.1:9999/" },
	]),
];

const invalid = "invalid_request";

const requests: readonly Probe[] = [
	answered("no PKCE", { tries: "a code that whoever sees it can redeem", error: invalid }, [
		{ code_challenge: null, code_challenge_method: null },
		{ code_challenge: null },
	]),
	answered("PKCE plain", { tries: "a challenge that is the verifier itself", error: invalid }, [
		{ code_challenge_method: "plain" },
		{ code_challenge_method: "s256" },
	]),
	answered("PKCE downgraded", { tries: "no method is sent, which the RFC reads as plain", error: invalid }, [
		{ code_challenge_method: null },
	]),
	answered("PKCE that cannot be a SHA-256", { tries: "a challenge short enough to be guessed", error: invalid }, [
		{ code_challenge: "short" },
		{ code_challenge: "x".repeat(44) },
		{ code_challenge: "" },
	]),
	answered(
		"no state",
		{ tries: "an answer that the client cannot tell from one that was slipped in", error: invalid },
		[{ state: null }, { state: "" }],
	),
	answered("line breaks in the state", { tries: "headers of the attacker's own in our redirect", error: invalid }, [
		{ state: "a\r\nset-cookie: sheaf_session=x" },
		{ state: "x".repeat(1_025) },
	]),
	answered("implicit and hybrid flows", { tries: "tokens in an address", error: "unsupported_response_type" }, [
		{ response_type: "token" },
		{ response_type: "id_token" },
		{ response_type: "code token" },
		{ response_type: "code id_token" },
		{ response_type: "none" },
	]),
	answered(
		"answer in a form or a fragment",
		{ tries: "the code where another page's script can read it", error: invalid },
		[{ response_mode: "fragment" }, { response_mode: "form_post" }, { response_mode: "web_message" }],
	),
	answered(
		"request object",
		{ tries: "parameters in an unsigned object override those that were checked", error: "request_not_supported" },
		[{ request: "eyJhbGciOiJub25lIn0.e30." }],
	),
	answered(
		"request address",
		{ tries: "the backend fetches an address of the attacker's choice", error: "request_uri_not_supported" },
		[{ request_uri: "https://attacker.example/request" }, { request_uri: "http://169.254.169.254/" }],
	),
	answered(
		"no page for nobody",
		{ tries: "a hidden frame asks whether somebody is signed in", error: "login_required" },
		[{ prompt: "none" }],
	),
	{
		name: "no page for somebody",
		tries: "a hidden frame gets a code for whoever is signed in here, without a press of a button",
		promised: "sent to the client with interaction_required; a form",
		attack: async ({ backend }) => {
			const person = await makePerson(backend.url);
			await person.tokens();
			const silent = await person.browser.get(authorizePath(makePkce(), { prompt: "none" }));
			return together([
				await pageAnswer(silent),
				await pageAnswer(await person.browser.get(authorizePath(makePkce()))),
			]);
		},
	},
	{
		name: "parameter given twice",
		tries: "one challenge is checked and another one kept",
		promised: "sent to the client with invalid_request",
		attack: async ({ backend }) => {
			const again = ["code_challenge", "code_challenge_method", "state", "response_type", "scope"];
			const paths = again.map((name) => `${authorizePath(makePkce(), { scope: "x" })}&${name}=x`);
			const answers = paths.map(async (path) => await pageAnswer(await new TestBrowser(backend.url).get(path)));
			return together(await Promise.all(answers));
		},
	},
];

export const redirectProbes: ProbeGroup = { title: "Where a code may go", requirement: "ID-1", probes: redirects };
export const requestProbes: ProbeGroup = { title: "What a client may ask for", requirement: "ID-1", probes: requests };
