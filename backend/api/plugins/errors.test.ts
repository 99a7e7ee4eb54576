import { afterAll, beforeAll, describe, expect, test } from "bun:test";
import { Type } from "@sinclair/typebox";
import { Elysia } from "elysia";
import { type ErrorBody, errorCodes } from "../../contract/errors.ts";
import type { Role } from "../../contract/users.ts";
import { SheafError } from "../../errors.ts";
import { createLog } from "../../telemetry/log.ts";
import { createMetrics } from "../../telemetry/metrics.ts";
import { IdParam } from "../id-param.ts";
import { answerErrors } from "./errors.ts";
import { readBody } from "./read-body.ts";
import { rememberPrincipal, requireAuth } from "./require-auth.ts";
import { statusByCode } from "./statuses.ts";

const lines: string[] = [];
const log = createLog("info", { write: (line: string) => lines.push(line) });
const asRole = (role: Role) =>
	new Elysia().onRequest(({ request }) => {
		const id = crypto.randomUUID();
		const header = request.headers.get("x-test-role");
		if (header !== role) return;
		rememberPrincipal(request, { userId: id, workspaceId: id, role, sessionId: id, deviceId: id });
	});
const app = new Elysia()
	.use(answerErrors(log, createMetrics()))
	.use(asRole("viewer"))
	.use(asRole("member"))
	.use(readBody())
	.get("/defect", () => {
		throw new TypeError("a captured secret");
	})
	.get("/busy", () => {
		throw new SheafError("request/rate-limited", "Wait.", { details: { retryAfterSeconds: 7 } });
	})
	.get("/wrong-answer", () => ({ count: "a captured secret" }) as unknown as { count: number }, {
		response: Type.Object({ count: Type.Integer() }),
	})
	.get("/things/:id", ({ query }) => query, {
		params: IdParam,
		query: Type.Object({ when: Type.Optional(Type.Union([Type.Literal("now"), Type.Literal("later")])) }),
	})
	.post("/things", ({ body }) => body, { body: Type.Object({ name: Type.String({ maxLength: 3 }) }) })
	.use(
		new Elysia()
			.use(requireAuth("records:write"))
			.post("/writes", ({ principal }) => principal.role, { body: Type.Object({ name: Type.String() }) }),
	);

let url: string;
beforeAll(() => {
	app.listen({ port: 0, hostname: "127.0.0.1" });
	url = `http://127.0.0.1:${app.server?.port}`;
});
afterAll(async () => {
	await app.stop(true);
});

const get = async (path: string, init: RequestInit = {}) => {
	const answer = await fetch(url + path, init);
	const { error } = (await answer.json()) as ErrorBody;
	return { answer, error };
};
const post = (path: string, body: unknown, role = "") =>
	get(path, {
		method: "POST",
		body: JSON.stringify(body),
		headers: { "content-type": "application/json", "x-test-role": role },
	});

describe("errors on the wire", () => {
	test("OBS-1: a defect answers server/internal with a request id and nothing else; the log has no message of it", async () => {
		const { answer, error } = await get("/defect");
		expect(answer.status).toBe(500);
		expect(error.code).toBe("server/internal");
		const { requestId } = error.details as { requestId: string };
		expect(JSON.stringify(error)).not.toContain("secret");
		expect(lines.join("")).toContain(requestId);
		expect(lines.join("")).not.toContain("secret");
	});

	test("OBS-1: an answer that does not fit its schema is a defect too, and is not quoted", async () => {
		const { answer, error } = await get("/wrong-answer");
		expect(answer.status).toBe(500);
		expect(error.code).toBe("server/internal");
		expect(lines.join("")).not.toContain("secret");
	});

	test("SEC-1: Retry-After says what the error's details say", async () => {
		const { answer, error } = await get("/busy");
		expect(answer.status).toBe(429);
		expect(answer.headers.get("retry-after")).toBe("7");
		expect(error.code).toBe("request/rate-limited");
	});

	test("a body that does not fit → request/invalid with a sentence that names the field and not the value", async () => {
		const { answer, error } = await post("/things", { name: "a captured secret" });
		expect(answer.status).toBe(400);
		expect(error.code).toBe("request/invalid");
		expect(error.message).toContain('"name" in the body');
		expect(error.details).toEqual({ in: "body", field: "name" });
		expect(JSON.stringify(error)).not.toContain("secret");
	});

	test("what is expected is said in words where the schema has some, and as a list where there are few", async () => {
		const id = await get("/things/nonsense");
		expect(id.error.message).toBe('"id" in the address is not right: expected a UUID in lower case.');
		const when = await get(`/things/${crypto.randomUUID()}?when=sometimes`);
		expect(when.error.message).toBe('"when" in the query is not right: expected one of "now", "later".');
	});

	test("a body of another type → request/invalid", async () => {
		const { error } = await get("/things", { method: "POST", body: "x", headers: { "content-type": "text/plain" } });
		expect(error).toMatchObject({ code: "request/invalid" });
	});

	test("every code has a status that says failure", () => {
		for (const code of errorCodes) expect(statusByCode[code]).toBeGreaterThanOrEqual(400);
	});
});

describe("ID-7: permissions", () => {
	test("ID-7: a viewer gets auth/forbidden before the body is looked at", async () => {
		const { answer, error } = await post("/writes", { nonsense: true }, "viewer");
		expect(answer.status).toBe(403);
		expect(answer.headers.get("www-authenticate")).toContain("insufficient_scope");
		expect(error.code).toBe("auth/forbidden");
	});

	test("ID-7: a member passes, and only then learns what is wrong with the body", async () => {
		expect((await post("/writes", { nonsense: true }, "member")).error.code).toBe("request/invalid");
	});

	test("TEN-3: a route that the gate does not cover refuses everybody", async () => {
		const { answer, error } = await post("/writes", { name: "x" });
		expect(answer.status).toBe(401);
		expect(error.code).toBe("auth/token-missing");
	});
});
