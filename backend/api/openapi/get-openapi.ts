import { toOpenAPISchema } from "@elysiajs/openapi";
import { type AnyElysia, Elysia } from "elysia";
import { ErrorBody } from "../../contract/errors.ts";
import type { Permission } from "../../contract/users.ts";
import { isClientEndpoint } from "../oauth/oauth-answer.ts";
import { requirementOf } from "../plugins/required-permission.ts";

/** `responses`: OpenAPI's "Responses Object", by status, or `default` for every other. */
type Operation = {
	responses?: Record<string, object>;
	requestBody?: { content: Record<string, object> };
	"x-permission"?: Permission | "none";
};

/** An error in the words of RFC 6749 §5.2: what the endpoints of the authorization server answer to clients. */
const oauthError = {
	type: "object",
	required: ["error"],
	properties: { error: { type: "string" }, error_description: { type: "string" } },
};

const bearer = { type: "http", scheme: "bearer", bearerFormat: "at+jwt" };

/**
 * `/openapi.json`: the routes of the app with their schemas, the permission each asks for (`x-permission`, read from the route's own
 * check; "none": any role will do), and what each answers when it fails. The queue dashboard is others' software and not described.
 */
export function getOpenapi(app: AnyElysia, publicUrl: string): AnyElysia {
	let description: object | undefined;
	return new Elysia().get(
		"/openapi.json",
		() => {
			description ??= describe(app, publicUrl);
			return description;
		},
		{ detail: { hide: true } },
	);
}

function describe(app: AnyElysia, publicUrl: string): object {
	const { components, paths } = toOpenAPISchema(app, { staticFile: false, paths: [/^\/admin/] });
	const known = knownOf(app);
	for (const [path, methods] of Object.entries(paths)) {
		for (const [method, operation] of Object.entries((methods ?? {}) as Record<string, Operation>)) {
			const { permission, body } = known.get(`${method} ${path}`) ?? {};
			if (permission !== undefined) operation["x-permission"] = permission ?? "none";
			// The generator knows no content type where the parser is the app's own, as ours is (`read-body.ts`).
			if (operation.requestBody && body) operation.requestBody.content = { "application/json": { schema: body } };
			// A route without a schema for its answer has no body to describe, or says so where it stands.
			operation.responses = {
				...(operation.responses ?? { "2XX": { description: "Done" } }),
				default: failureOf(path),
			};
		}
	}
	return {
		openapi: "3.1.2",
		info: { title: "Sheaf", version: "1", description: "Everything the extension asks of its backend." },
		servers: [{ url: publicUrl }],
		paths,
		components: {
			schemas: { ...components.schemas, ErrorBody, OAuthError: oauthError },
			securitySchemes: { bearer },
		},
	};
}

type Known = { permission: Permission | null | undefined; body: object | undefined };

/** What only the routes themselves know, by method and path as OpenAPI writes them. */
function knownOf({ routes }: AnyElysia): Map<string, Known> {
	return new Map(
		routes.map(({ method, path, hooks }) => {
			const { body } = hooks as { body?: object };
			const name = `${method.toLowerCase()} ${path.replaceAll(/:(\w+)/g, "{$1}")}`;
			return [name, { permission: requirementOf(hooks), body }];
		}),
	);
}

function failureOf(path: string): object {
	const name = isClientEndpoint(path) ? "OAuthError" : "ErrorBody";
	return {
		description: "Refused or failed. 429 and 503 carry Retry-After, 401 WWW-Authenticate.",
		content: { "application/json": { schema: { $ref: `#/components/schemas/${name}` } } },
	};
}
