import {
	Archive,
	ChartColumn,
	Database,
	Download,
	Globe,
	Keyboard,
	KeyRound,
	Laptop,
	ListChecks,
	Play,
	Plug,
	Search,
	Shield,
	Terminal,
	Trash2,
} from "lucide";
import { addIcons } from "./icon.tsx";

/** What the options page and the side panel show beside the icons of the popup, which does not load these. Import it for that. */
addIcons({
	archive: Archive,
	chart: ChartColumn,
	database: Database,
	device: Laptop,
	download: Download,
	globe: Globe,
	key: KeyRound,
	keyboard: Keyboard,
	picked: ListChecks,
	play: Play,
	plug: Plug,
	search: Search,
	shield: Shield,
	terminal: Terminal,
	trash: Trash2,
});
