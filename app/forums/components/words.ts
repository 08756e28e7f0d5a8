import en from "../messages/en.json";
import more from "../messages/more/en.json";

// Every word of this area, for the pages that are opened now and then. What a topic's page says stands in en.json, which
// each of its readers loads; all else, such as what only the server says, stands in messages/more/.
export default { ...en, ...more };
