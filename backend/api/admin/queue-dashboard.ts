import { createBullBoard } from "@bull-board/api";
import { BullMQAdapter } from "@bull-board/api/bullMQAdapter";
import { ElysiaAdapter } from "@bull-board/elysia";
import { type AnyElysia, Elysia } from "elysia";
import type { RouteDeps } from "../app-deps.ts";
import { dashboardPath } from "../oauth/destination.ts";

/** Bull Board under `/admin/queues`, behind `guard-dashboard.ts`. Jobs carry ids only, so that is all it can show. */
export async function queueDashboard({ queues = [] }: RouteDeps): Promise<AnyElysia> {
	if (queues.length === 0) return new Elysia();
	const serverAdapter = new ElysiaAdapter(dashboardPath);
	createBullBoard({
		queues: queues.map((queue) => new BullMQAdapter(queue)),
		serverAdapter,
		options: {
			uiConfig: {
				boardTitle: "Sheaf queues",
				hideDocsLink: true,
				miscLinks: [{ text: "Account", url: "/oauth/sign-in" }],
			},
		},
	});
	return await serverAdapter.registerPlugin();
}
