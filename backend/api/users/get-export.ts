import { Elysia } from "elysia";
import { personFiles } from "../../departure/export/person-files.ts";
import { zipStream } from "../../departure/export/zip-stream.ts";
import { SheafError } from "../../errors.ts";
import { countHit, rateLimits } from "../../identity/rate-limits.ts";
import type { RouteDeps } from "../app-deps.ts";
import { protectedDetail } from "../plugins/protected-detail.ts";
import { requestId } from "../plugins/request-id.ts";
import { requireAuth } from "../plugins/require-auth.ts";

/** Everything Sheaf has of the person, as one archive to save. */
export function getExport(deps: RouteDeps) {
	const { identity, log } = deps;
	return new Elysia().use(requireAuth()).get(
		"/api/v1/users/me/export",
		async ({ principal, request, set }) => {
			const counted = await countHit(identity, rateLimits.exportsPerPerson, principal.userId);
			if (!counted.ok) throw tooMany(counted.retryAfterSeconds);
			set.headers["content-type"] = "application/zip";
			set.headers["content-disposition"] = `attachment; filename="${fileName(identity.now())}"`;
			const failed = (error: unknown) =>
				log.error({ requestId: requestId(request), err: error }, "an export broke off");
			return new Response(streamOf(zipStream(personFiles(deps, principal)), failed));
		},
		{ detail: protectedDetail("users", "Everything Sheaf has of the person, as a ZIP") },
	);
}

/** Each piece is made when the reader has room for it: a slow download makes nothing pile up here. */
function streamOf(bytes: AsyncGenerator<Uint8Array, void>, failed: (error: unknown) => void): ReadableStream {
	return new ReadableStream({
		pull: async (controller) => {
			try {
				const { value, done } = await bytes.next();
				if (done) controller.close();
				else controller.enqueue(value);
			} catch (error) {
				failed(error);
				// The answer has begun: all that is left is to break it off, so that half an archive is not taken for a whole.
				controller.error(error);
			}
		},
		cancel: async () => {
			await bytes.return();
		},
	});
}

function fileName(nowMs: number): string {
	return `sheaf-export-${new Date(nowMs).toISOString().slice(0, 10)}.zip`;
}

function tooMany(retryAfterSeconds: number): SheafError {
	const minutes = Math.ceil(retryAfterSeconds / 60);
	const message = `You have exported your data several times already. Try again in ${minutes} min.`;
	return new SheafError("request/rate-limited", message, { details: { retryAfterSeconds } });
}
