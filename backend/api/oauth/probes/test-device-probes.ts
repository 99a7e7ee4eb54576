import type { TestBackend } from "../../testing/test-backend.ts";
import {
	hiddenFields,
	json,
	makePerson,
	makeProof,
	type TestBrowser,
	type TestPerson,
} from "../../testing/test-person.ts";
import { clientAnswer, type Probe, type ProbeGroup, together } from "./test-probe.ts";

const grantType = "urn:ietf:params:oauth:grant-type:device_code";
type Codes = { device_code: string; user_code: string; interval: number };

/** A device that waits, with the key that its session will be bound to. */
async function waitingDevice(backend: TestBackend, client = "sheaf-cli"): Promise<Codes> {
	const body = new URLSearchParams({ client_id: client, device_name: "A stranger's terminal" });
	return await json<Codes>(await fetch(`${backend.url}/oauth/device_authorization`, { method: "POST", body }));
}

/** One poll; `seconds`: how far the backend's clock was moved, which the proof's has to follow. */
async function poll(
	{ key }: TestPerson,
	{
		backend,
		seconds = 0,
		...fields
	}: { backend: TestBackend; seconds?: number; device_code: string; client_id?: string },
): Promise<string> {
	const url = `${backend.url}/oauth/token`;
	const iat = Math.floor(Date.now() / 1_000) + seconds;
	const body = new URLSearchParams({ client_id: "sheaf-cli", grant_type: grantType, ...fields });
	const headers = { dpop: await makeProof(key, url, { claims: { iat } }) };
	return await clientAnswer(await fetch(url, { method: "POST", body, headers }));
}

async function signedIn(backend: TestBackend): Promise<TestPerson> {
	const person = await makePerson(backend.url);
	await person.tokens();
	return person;
}

const formOf = async (browser: TestBrowser, code = "") =>
	hiddenFields(await (await browser.get(`/device${code === "" ? "" : `?user_code=${code}`}`)).text());
const allow = async (person: TestPerson, { user_code }: Codes) =>
	await person.browser.post("/device", { ...(await formOf(person.browser)), user_code, decision: "allow" });

const probes: readonly Probe[] = [
	{
		name: "link that allows by itself",
		tries: "the victim opens the attacker's link, and the attacker's device is in",
		promised: "opened: 400 authorization_pending; pressed once: 400 authorization_pending",
		attack: async ({ own }) => {
			const backend = await own();
			const [victim, attacker] = [await signedIn(backend), await makePerson(backend.url)];
			const device = await waitingDevice(backend);
			const link = `/device?user_code=${device.user_code}`;
			await victim.browser.get(link);
			await victim.browser.get(`${link}&decision=allow`);
			const opened = await poll(attacker, { backend, device_code: device.device_code });
			await victim.browser.post("/device", {
				...(await formOf(victim.browser, device.user_code)),
				user_code: device.user_code,
			});
			backend.passTime(10);
			const pressed = await poll(attacker, { backend, device_code: device.device_code, seconds: 10 });
			return `opened: ${opened}; pressed once: ${pressed}`;
		},
	},
	{
		name: "forged form: Allow this device",
		tries: "another site allows the attacker's device with the victim's cookies",
		promised: "400 authorization_pending; by the victim: 200 tokens",
		attack: async ({ own }) => {
			const backend = await own();
			const [victim, attacker] = [await signedIn(backend), await signedIn(backend)];
			const device = await waitingDevice(backend);
			const { user_code, device_code } = device;
			const fields = { ...(await formOf(victim.browser, user_code)), user_code, decision: "allow" };
			const foreign = (await formOf(attacker.browser))["form_token"] ?? "";
			await victim.browser.post("/device", { ...fields, form_token: "" });
			await victim.browser.post("/device", { ...fields, form_token: foreign });
			await victim.browser.post("/device", fields, { origin: "https://attacker.example" });
			await victim.browser.post("/device", fields, { "sec-fetch-site": "cross-site" });
			const pending = await poll(attacker, { backend, device_code });
			await allow(victim, device);
			backend.passTime(10);
			return `${pending}; by the victim: ${await poll(attacker, { backend, device_code, seconds: 10 })}`;
		},
	},
	{
		name: "allowing without being signed in",
		tries: "a browser that nobody is signed in with allows a device",
		promised: "400 authorization_pending",
		attack: async ({ backend }) => {
			const nobody = await makePerson(backend.url);
			const device = await waitingDevice(backend);
			await nobody.browser.get("/oauth/sign-in");
			const form_token = nobody.browser.cookie("sheaf_form") ?? "";
			const fields = { form_token, continue: "/device", user_code: device.user_code, decision: "allow" };
			await nobody.browser.post("/device", fields);
			return await poll(nobody, { backend, device_code: device.device_code });
		},
	},
	{
		name: "guessed user code",
		tries: "somebody who is signed in tries codes until a waiting device is theirs",
		promised: "stopped within 50 guesses, also with other forwarding headers",
		attack: async ({ own }) => {
			const backend = await own();
			const person = await signedIn(backend);
			const fields = { ...(await formOf(person.browser)), decision: "allow" };
			const guess = async (at: number) => {
				const user_code = `BCDF-GHJ${"KLMNPQRSTVWXZ".charAt(at % 13)}`;
				const headers = { "x-forwarded-for": `198.51.100.${at}` };
				const answer = await person.browser.post("/device", { ...fields, user_code }, headers);
				return (await answer.text()).includes("Too many");
			};
			for (let at = 0; at < 50; at += 1) {
				if (await guess(at)) return "stopped within 50 guesses, also with other forwarding headers";
			}
			return "not stopped";
		},
	},
	{
		name: "device code of another client",
		tries: "one client redeems what another one's device was allowed",
		promised: "400 invalid_grant; its own client: 200 tokens",
		attack: async ({ backend }) => {
			const person = await signedIn(backend);
			const device = await waitingDevice(backend);
			await allow(person, device);
			const foreign = await poll(person, { backend, device_code: device.device_code, client_id: "sheaf-extension" });
			return `${foreign}; its own client: ${await poll(person, { backend, device_code: device.device_code })}`;
		},
	},
	{
		name: "device code used twice",
		tries: "a device code that was read on the way is redeemed again, and ten times at once",
		promised: "1 of 10 got tokens; afterwards 400 invalid_grant",
		attack: async ({ backend }) => {
			const person = await signedIn(backend);
			const device = await waitingDevice(backend);
			await allow(person, device);
			const attempt = () => poll(person, { backend, device_code: device.device_code });
			const answers = await Promise.all(Array.from({ length: 10 }, attempt));
			const got = answers.filter((answer) => answer === "200 tokens").length;
			return `${got} of 10 got tokens; afterwards ${await attempt()}`;
		},
	},
	{
		name: "polling too fast",
		tries: "a device asks without pause, to be first when somebody allows it",
		promised: "400 authorization_pending; 400 slow_down; and after the old interval still 400 slow_down",
		attack: async ({ own }) => {
			const backend = await own();
			const person = await makePerson(backend.url);
			const { device_code } = await waitingDevice(backend);
			const answers = [await poll(person, { backend, device_code }), await poll(person, { backend, device_code })];
			backend.passTime(6);
			const third = await poll(person, { backend, device_code, seconds: 6 });
			return `${together(answers)}; and after the old interval still ${third}`;
		},
	},
	{
		name: "guessed device code",
		tries: "device codes of the right form, a user code in its place, and one that has run out",
		promised: "400 invalid_grant; 400 expired_token",
		attack: async ({ own }) => {
			const backend = await own();
			const person = await makePerson(backend.url);
			const device = await waitingDevice(backend);
			const guesses = ["x".repeat(43), device.user_code];
			const answers = await Promise.all(guesses.map((device_code) => poll(person, { backend, device_code })));
			backend.passTime(901);
			return together([...answers, await poll(person, { backend, device_code: device.device_code, seconds: 901 })]);
		},
	},
	{
		name: "denied device",
		tries: "a device that was denied goes on asking, and somebody allows it after all",
		promised: "400 access_denied",
		attack: async ({ backend }) => {
			const person = await signedIn(backend);
			const device = await waitingDevice(backend);
			const fields = { ...(await formOf(person.browser)), user_code: device.user_code };
			await person.browser.post("/device", { ...fields, decision: "deny" });
			const first = await poll(person, { backend, device_code: device.device_code });
			await allow(person, device);
			return together([first, await poll(person, { backend, device_code: device.device_code })]);
		},
	},
];

export const deviceProbes: ProbeGroup = { title: "The device grant", requirement: "ID-4", probes };
