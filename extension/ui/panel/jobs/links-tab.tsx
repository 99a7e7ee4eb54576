import { useId, useState } from "preact/hooks";
import { targetInUse } from "../../local/settings.ts";
import { jobWords as words } from "../../words/jobs.ts";
import type { PanelWorld } from "../panel.tsx";
import { JobCard } from "./job-card.tsx";
import { OpenTabs } from "./open-tabs.tsx";
import { mostLinks, readLinks } from "./read-links.ts";
import { StartPages } from "./start-pages.tsx";
import type { JobsHandle, NewPage } from "./use-jobs.ts";

/** Many pages at once: the open tabs, or a pasted list of links. */
export function LinksTab({ world, jobs }: { world: PanelWorld; jobs: JobsHandle }) {
	const target = targetInUse(world.settings);
	const start = (of: "tabs" | "links") => (pages: readonly NewPage[]) => void jobs.start(of, pages, target?.id ?? null);
	const newest = [...(jobs.jobs ?? [])].reverse();
	return (
		<div class="links">
			<p class="muted">{target ? words.goesTo(target.name, target.providerTitle) : words.staysHere}</p>
			<PastedLinks onStart={start("links")} />
			<OpenTabs onStart={start("tabs")} />
			<JobList jobs={newest} handle={jobs} />
		</div>
	);
}

function JobList({ jobs, handle }: { jobs: NonNullable<JobsHandle["jobs"]>; handle: JobsHandle }) {
	if (jobs.length === 0) return null;
	return (
		<section aria-label={words.jobs}>
			<h2 class="links-title">{words.jobs}</h2>
			{jobs.map((whole) => (
				<JobCard key={whole.job.id} whole={whole} handle={handle} />
			))}
		</section>
	);
}

/** A pasted text; whatever reads as a web address in it is a page. */
function PastedLinks({ onStart }: { onStart: (pages: readonly NewPage[]) => void }) {
	const id = useId();
	const [text, setText] = useState("");
	const links = readLinks(text);
	const pages = links.slice(0, mostLinks).map((url) => ({ url, title: "", tabId: null }));
	const start = () => {
		onStart(pages);
		setText("");
	};
	return (
		<section class="links-part">
			<label for={id}>{words.paste}</label>
			<textarea
				id={id}
				class="input links-text"
				rows={4}
				spellcheck={false}
				placeholder={words.example}
				value={text}
				onInput={(event) => setText(event.currentTarget.value)}
			/>
			{links.length > mostLinks && <p class="muted">{words.tooMany(links.length, mostLinks)}</p>}
			<StartPages pages={pages} words={words.saveLinks(pages.length)} onStart={start} />
		</section>
	);
}
