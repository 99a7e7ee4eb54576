import { expect, test } from "bun:test";
import { createLog } from "../telemetry/log.ts";
import { createStopList } from "./stop-list.ts";

test("parts are closed in the opposite order, once, and one that fails or hangs keeps no other open", async () => {
	const closed: string[] = [];
	const stopList = createStopList(createLog("silent"));
	const close = (name: string) => async () => void closed.push(name);
	stopList.add("database", close("database"));
	stopList.add("broken", () => Promise.reject(new Error("broken")));
	stopList.add("silent", () => new Promise(() => undefined), 1);
	stopList.add("API", close("API"));
	await Promise.all([stopList.stopAll(), stopList.stopAll()]);
	expect(closed).toEqual(["API", "database"]);
});
