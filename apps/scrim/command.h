// One subcommand of `scrim`: a file in this folder and a row in main.cpp.
//
// Made with the parser, which writes options straight into its members; run() is called once, when
// the subcommand was chosen and its options parsed.
#pragma once

#include <CLI/CLI.hpp>
#include <memory>

#include "base/error.h"

namespace scrim {

class Command {
 public:
  virtual ~Command() = default;
  virtual Expected<void> run() = 0;
};

std::unique_ptr<Command> add_run(CLI::App& parser);
std::unique_ptr<Command> add_ctl(CLI::App& parser);
std::unique_ptr<Command> add_config(CLI::App& parser);
std::unique_ptr<Command> add_panel(CLI::App& parser);
std::unique_ptr<Command> add_render(CLI::App& parser);
std::unique_ptr<Command> add_mask(CLI::App& parser);
std::unique_ptr<Command> add_serve(CLI::App& parser);
std::unique_ptr<Command> add_devices(CLI::App& parser);
std::unique_ptr<Command> add_doctor(CLI::App& parser);
std::unique_ptr<Command> add_effects(CLI::App& parser);
std::unique_ptr<Command> add_models(CLI::App& parser);
std::unique_ptr<Command> add_bench(CLI::App& parser);
std::unique_ptr<Command> add_complete(CLI::App& parser);
std::unique_ptr<Command> add_manual(CLI::App& parser);
std::unique_ptr<Command> add_intake(CLI::App& parser);

}  // namespace scrim
