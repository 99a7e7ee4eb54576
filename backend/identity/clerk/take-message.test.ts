import { afterAll, beforeAll, expect, test } from "bun:test";
import { createTestDatabase, type TestDatabase } from "../../db/test-database.ts";
import { rememberMessage, takeMessage } from "./take-message.ts";
import { clerkUser } from "./test-clerk.ts";
import { readEvent } from "./webhook-event.ts";

let fixture: TestDatabase;
let room: Parameters<typeof takeMessage>[0];
beforeAll(async () => {
	fixture = await createTestDatabase();
	room = { asIdentity: fixture.database.asIdentity, now: Date.now };
});
afterAll(() => fixture.close());

const message = (type: string, data: object) => ({
	id: `msg_${crypto.randomUUID()}`,
	event: readEvent(JSON.stringify({ type, data })),
});

test("ID-5: a message that deletes a person is done when they are: until then a repetition begins again", async () => {
	const user = clerkUser();
	await takeMessage(room, message("user.created", user));
	const gone = message("user.deleted", { id: user.id });
	const first = await takeMessage(room, gone);
	expect(first.unreachable).toMatchObject({ email: expect.stringContaining("@") });
	expect(await takeMessage(room, gone)).toEqual(first);
	await rememberMessage(room, gone.id);
	expect(await takeMessage(room, gone)).toEqual({ endedSessions: [], unreachable: null });
});

test("ID-5: a message that fails leaves no trace, and its repetition acts", async () => {
	const user = clerkUser({ first_name: "a name with \u0000 in it" });
	const saved = message("user.created", user);
	await expect(takeMessage(room, saved)).rejects.toThrow();
	const mended = {
		id: saved.id,
		event: readEvent(JSON.stringify({ type: "user.created", data: { ...user, first_name: "Ada" } })),
	};
	await takeMessage(room, mended);
	const rows = await fixture.database.asIdentity(
		(sql) => sql`
			select u.first_name from sheaf.users u join sheaf.user_accounts a on a.user_id = u.id where a.subject = ${user.id}`,
	);
	expect(rows).toMatchObject([{ firstName: "Ada" }]);
});
