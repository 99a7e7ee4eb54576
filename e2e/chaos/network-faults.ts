import type { Fault as ProxyFault } from "../support/fault-plan.ts";
import { waitUntil } from "../support/wait-until.ts";
import type { Fault } from "./fault.ts";

const writes = { method: "POST", path: /^\/api\/v1\/writes\/batch/ };

/** One batch meets this between the browser and the backend. */
const onTheWay = (name: string, fault: ProxyFault): Fault => ({
	name,
	arm: async ({ stand }) => {
		const planned = stand.proxy.plan(fault);
		return {
			struck: async () => void (await waitUntil(`${name} to happen`, () => planned.strikes() > 0)),
			mend: async () => {},
		};
	},
});

export const networkFaults: Fault[] = [
	onTheWay("connection refused", { ...writes, with: "refuse", times: 2 }),
	onTheWay("response of a committed batch lost", { ...writes, with: "drop-response" }),
	onTheWay("access token expired", { ...writes, with: "spoil-token" }),
	onTheWay("backend busy (503 with Retry-After)", {
		...writes,
		with: "answer",
		status: 503,
		headers: { "retry-after": "1" },
		body: JSON.stringify({ error: { code: "server/unavailable", message: "Sheaf is starting. Try again." } }),
	}),
	{
		name: "offline at the capture, then online",
		arm: async ({ stand }) => {
			stand.proxy.goAway();
			return {
				struck: async () =>
					void (await waitUntil("a request that reaches nobody", () => stand.proxy.requests().length > 0)),
				mend: async () => stand.proxy.comeBack(),
			};
		},
	},
];
