const TABLE = `white_check_mark ✅|heavy_check_mark ✔️|x ❌|negative_squared_cross_mark ❎|+1 👍|-1 👎|tada 🎉|eyes 👀|pray 🙏
raised_hands 🙌|clap 👏|wave 👋|ok_hand 👌|muscle 💪|point_up ☝️|point_right 👉|point_left 👈|point_down 👇|handshake 🤝
heart ❤️|broken_heart 💔|fire 🔥|rocket 🚀|100 💯|sparkles ✨|star ⭐|bulb 💡|zap ⚡|boom 💥|dizzy 💫
smile 😄|smiley 😃|grinning 😀|slightly_smiling_face 🙂|blush 😊|wink 😉|joy 😂|sweat_smile 😅|laughing 😆|heart_eyes 😍
thinking_face 🤔|neutral_face 😐|confused 😕|disappointed 😞|cry 😢|sob 😭|angry 😠|rage 😡|scream 😱|sleeping 😴|sunglasses 😎
face_with_rolling_eyes 🙄|facepalm 🤦|shrug 🤷|robot_face 🤖|ghost 👻|warning ⚠️|rotating_light 🚨|no_entry ⛔
no_entry_sign 🚫|octagonal_sign 🛑|question ❓|exclamation ❗|information_source ℹ️|bell 🔔|no_bell 🔕|mega 📣|loudspeaker 📢
lock 🔒|unlock 🔓|key 🔑|shield 🛡️|hourglass ⌛|hourglass_flowing_sand ⏳|stopwatch ⏱️|alarm_clock ⏰|clock1 🕐|calendar 📅|date 📅
moneybag 💰|credit_card 💳|dollar 💵|receipt 🧾|chart_with_upwards_trend 📈|chart_with_downwards_trend 📉|bar_chart 📊
memo 📝|pencil ✏️|pencil2 ✏️|clipboard 📋|page_facing_up 📄|books 📚|book 📖|bookmark 🔖|link 🔗|paperclip 📎|mag 🔍|mag_right 🔎
email 📧|envelope ✉️|inbox_tray 📥|outbox_tray 📤|package 📦|speech_balloon 💬|thought_balloon 💭|left_speech_bubble 🗨️
telephone_receiver 📞|computer 💻|gear ⚙️|wrench 🔧|hammer 🔨|hammer_and_wrench 🛠️|test_tube 🧪|bug 🐛|wastebasket 🗑️
repeat 🔁|arrows_counterclockwise 🔄|arrow_right ➡️|arrow_left ⬅️|arrow_up ⬆️|arrow_down ⬇️|leftwards_arrow_with_hook ↩️
red_circle 🔴|large_orange_circle 🟠|large_yellow_circle 🟡|large_green_circle 🟢|large_blue_circle 🔵|white_circle ⚪|black_circle ⚫
ballot_box_with_check ☑️|heavy_plus_sign ➕|heavy_minus_sign ➖|white_small_square ▫️|black_small_square ▪️|small_blue_diamond 🔹
one 1️⃣|two 2️⃣|three 3️⃣|four 4️⃣|five 5️⃣|coffee ☕|pizza 🍕|beers 🍻|party_popper 🎉|partying_face 🥳|trophy 🏆|medal 🏅
bust_in_silhouette 👤|busts_in_silhouette 👥|raising_hand 🙋|scales ⚖️|balance_scale ⚖️|globe_with_meridians 🌐|house 🏠|seedling 🌱
see_no_evil 🙈|thumbsup 👍|thumbsdown 👎|simple_smile 🙂|new 🆕|sos 🆘|vertical_traffic_light 🚦|construction 🚧|ticket 🎫|pushpin 📌`;

const CHARACTERS = new Map(
  TABLE.split(/[|\n]/).map((entry) => [
    entry.slice(0, entry.indexOf(' ')),
    entry.slice(entry.indexOf(' ') + 1),
  ]),
);

/** The character of an emoji name; undefined for one this page does not know. A skin tone is dropped. */
export const findEmoji = (name) => CHARACTERS.get(String(name).split('::')[0]);

/** `:name:` to characters in plain text; what is no known name stays as it was typed. */
export const withEmoji = (text) =>
  String(text ?? '').replace(
    /:([a-z0-9_+-]+)(?:::skin-tone-\d)?:/g,
    (whole, name) => findEmoji(name) ?? whole,
  );

export const EMOJI_NAMES = [...CHARACTERS.keys()];
