// Tested by tests/devices/controls_test.cpp, and on real devices by tests/vm.
#include "devices/controls.h"

#include <linux/videodev2.h>

#include <algorithm>
#include <cctype>
#include <cstring>

#include "base/text.h"

namespace scrim {
namespace {

std::string text_of(const char* bytes, std::size_t most) {
  return {bytes, ::strnlen(bytes, most)};
}

bool is_menu(std::uint32_t type) {
  return type == V4L2_CTRL_TYPE_MENU || type == V4L2_CTRL_TYPE_INTEGER_MENU;
}

bool can_be_set(const v4l2_query_ext_ctrl& query) {
  const bool known = query.type == V4L2_CTRL_TYPE_INTEGER || query.type == V4L2_CTRL_TYPE_BOOLEAN ||
                     is_menu(query.type);
  const std::uint32_t group = V4L2_CTRL_ID2CLASS(query.id);
  const bool ours = group == V4L2_CTRL_CLASS_USER || group == V4L2_CTRL_CLASS_CAMERA;
  return known && ours && query.elems == 1 &&
         !(query.flags & (V4L2_CTRL_FLAG_DISABLED | V4L2_CTRL_FLAG_READ_ONLY));
}

std::vector<std::pair<std::int64_t, std::string>> choices_of(const VideoDevice& device,
                                                             const v4l2_query_ext_ctrl& query) {
  std::vector<std::pair<std::int64_t, std::string>> choices;
  if (!is_menu(query.type)) return choices;
  for (std::int64_t i = query.minimum; i <= query.maximum; ++i) {
    v4l2_querymenu item{};
    item.id = query.id;
    item.index = static_cast<__u32>(i);
    if (!device.ask(VIDIOC_QUERYMENU, &item)) continue;  // menus have holes
    const bool number = query.type == V4L2_CTRL_TYPE_INTEGER_MENU;
    choices.emplace_back(
        i, number ? std::to_string(item.value)
                  : text_of(reinterpret_cast<const char*>(item.name), sizeof item.name));
  }
  return choices;
}

std::vector<std::string> words_of(std::string_view name) {
  std::vector<std::string> words(1);
  for (char c : name) {
    if (c == '_')
      words.emplace_back();
    else
      words.back() += c;
  }
  std::ranges::sort(words);
  return words;
}

std::string values_of(const Control& control) {
  if (control.choices.empty()) {
    const std::string steps = control.step > 1 ? fmt::format(" in steps of {}", control.step) : "";
    return fmt::format("a whole number from {} to {}{}", control.low, control.high, steps);
  }
  std::string list;
  for (const auto& [value, name] : control.choices)
    list += fmt::format("{}{} ({})", list.empty() ? "one of " : ", ", value, name);
  return list;
}

}  // namespace

std::string control_name(std::string_view written) {
  std::string name;
  for (unsigned char c : written) {
    if (std::isalnum(c))
      name += static_cast<char>(std::tolower(c));
    else if (c == '\'')
      continue;
    else if (!name.empty() && name.back() != '_')
      name += '_';
  }
  while (name.ends_with('_')) name.pop_back();
  return name;
}

std::vector<Control> list_controls(const VideoDevice& device) {
  constexpr std::uint32_t kNext = V4L2_CTRL_FLAG_NEXT_CTRL;
  std::vector<Control> controls;
  v4l2_query_ext_ctrl query{};
  for (query.id = kNext; device.ask(VIDIOC_QUERY_EXT_CTRL, &query); query.id |= kNext) {
    if (!can_be_set(query)) continue;
    v4l2_control now{query.id, 0};
    if (!device.ask(VIDIOC_G_CTRL, &now)) continue;
    controls.push_back({control_name(text_of(query.name, sizeof query.name)), query.id,
                        query.minimum, query.maximum, static_cast<std::int64_t>(query.step),
                        query.default_value, now.value, choices_of(device, query)});
  }
  return controls;
}

const Control* find_control(std::span<const Control> controls, std::string_view name) {
  const auto words = words_of(name);
  const auto found = std::ranges::find_if(
      controls, [&](const Control& control) { return words_of(control.name) == words; });
  return found == controls.end() ? nullptr : &*found;
}

Expected<std::int64_t> parse_control_value(const Control& control, std::string_view text) {
  for (const auto& [value, name] : control.choices)
    if (control_name(name) == control_name(text) || std::to_string(value) == text) return value;
  const bool is_switch = control.low == 0 && control.high == 1;
  if (is_switch && (text == "on" || text == "off")) return text == "on";
  const auto number = parse_number(text);
  const auto whole = static_cast<std::int64_t>(number.value_or(0));
  const bool fits = control.choices.empty() && number && *number == static_cast<double>(whole) &&
                    whole >= control.low && whole <= control.high &&
                    (whole - control.low) % std::max<std::int64_t>(control.step, 1) == 0;
  if (!fits)
    return fail(Errc::kRequest, "{}={}: expected {}", control.name, text, values_of(control));
  return whole;
}

Expected<void> set_control(const VideoDevice& device, const Control& control, std::int64_t value) {
  v4l2_control wish{control.id, static_cast<__s32>(value)};
  if (device.ask(VIDIOC_S_CTRL, &wish)) return {};
  return fail_device(fmt::format("set {} to {} on", control.name, value), device.path(), errno);
}

}  // namespace scrim
