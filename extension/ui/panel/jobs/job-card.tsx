import type { JobRow, WholeJob } from "../../../outbox/job-database.ts";
import { Button, IconButton } from "../../parts/button.tsx";
import { Icon, type IconName } from "../../parts/icon.tsx";
import { WebLink } from "../../parts/web-link.tsx";
import { jobWords as words } from "../../words/jobs.ts";
import type { JobsHandle } from "./use-jobs.ts";

type JobCardProps = { whole: WholeJob; handle: JobsHandle };

/** One job: how far it is, what became of each page, and what can be done. */
export function JobCard({ whole: { job, rows }, handle }: JobCardProps) {
	const count = (state: JobRow["state"]) => rows.filter((row) => row.state === state).length;
	const [waiting, failed] = [count("waiting"), count("failed")];
	const done = rows.length - waiting;
	return (
		<article class="card job" aria-label={words.job[job.of](rows.length)}>
			<header class="job-head">
				<h3>{words.job[job.of](rows.length)}</h3>
				{waiting > 0 && !job.stopped && (
					<Button size="small" onPress={() => void handle.stop(job.id)}>
						{words.stop}
					</Button>
				)}
				{waiting > 0 && job.stopped && (
					<Button size="small" onPress={() => void handle.goOn(job.id)}>
						{words.goOn}
					</Button>
				)}
				{failed > 0 && (
					<Button size="small" onPress={() => void handle.retry(job.id)}>
						{words.retry(failed)}
					</Button>
				)}
				<IconButton icon="close" label={words.remove} size="small" onPress={() => void handle.remove(job.id)} />
			</header>
			{waiting > 0 && <progress value={done} max={rows.length} aria-label={words.progress(done, rows.length)} />}
			<p class="muted" role="status">
				{words.outcome({ saved: count("saved"), link: count("link"), failed, waiting })}
			</p>
			<details>
				<summary>{words.pages}</summary>
				<ul class="job-rows">
					{rows.map((row) => (
						<JobLine key={row.place} row={row} />
					))}
				</ul>
			</details>
		</article>
	);
}

const icons: Record<JobRow["state"], IconName> = { waiting: "hollow", saved: "check", link: "link", failed: "alert" };

function JobLine({ row }: { row: JobRow }) {
	return (
		<li class="job-line" data-state={row.state}>
			<Icon name={icons[row.state]} />
			<WebLink href={row.url}>{row.title || row.url}</WebLink>
			<span class="muted">{words.rowState(row.state, row.reason)}</span>
		</li>
	);
}
