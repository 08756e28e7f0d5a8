import en from "./messages/en.json";
import more from "./messages/more/en.json";

// Every word of the look kit, for parts that load when they are used. What the frame says stands in messages/en.json, which
// every page loads; all else in messages/more/.
export default { ...en, ...more };
