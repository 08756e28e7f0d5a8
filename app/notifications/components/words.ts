import en from "../messages/en.json";
import more from "../messages/more/en.json";

// Every word of this area. What the bell and the choice of following say stands in en.json, which every topic's page
// loads; all else in messages/more/.
export default { ...en, ...more };
