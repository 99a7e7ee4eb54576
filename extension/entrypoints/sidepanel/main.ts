import { startPanel } from "../../ui/panel/start-panel.tsx";

const root = document.getElementById("app");
if (root) void startPanel(root);
