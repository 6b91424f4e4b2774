import Foundation
import Testing

extension Program {
    /// What is installed beside the program, made by it of its declarations.
    @Suite("Version, manual page and completions")
    struct HelpTests {
        @Test("--version tells the version, the commit and the line format")
        func version() throws {
            let home = try TestHome(empty: true)
            let outcome = try home.run("--version")
            #expect(outcome.code == 0 && outcome.lines.count == 1)
            let form = /frontdesk \d+\.\d+\.\d+ \(commit ([0-9a-f]{10}\+?|unknown), line format 2\)/
            #expect(outcome.lines.first?.wholeMatch(of: form) != nil, "\(outcome)")
        }

        @Test("The manual page names every command, action, view, report, key, variable and exit code")
        func manual() throws {
            let home = try TestHome(empty: true)
            let page = try home.run("man").out.replacing("\\-", with: "-")
            let help = try home.run("--help").out
            let commands = help.matches(of: #/\n  ([a-z]+)(?: \(default\))?  /#).map { String($0.1) }
            #expect(commands.count > 12)
            for command in commands where command != "help" {
                #expect(page.contains(".SS \"\(command)"), "\(command)")
            }
            for (list, title) in [("actions", "ACTIONS"), ("views", "VIEWS"), ("reports", "REPORTS")] {
                #expect(page.contains(".SH \"\(title)"))
                for entry in try home.run("\(list) --json").json.array {
                    #expect(page.contains(".B \"\(entry["name"].text ?? "?")"), "\(entry["name"])")
                }
            }
            let keys = try home.run("keys").out
            for word in keys.matches(of: #/\n[a-z.A-Z]+ = ([^#]+?)  /#).map({ String($0.1) }) {
                #expect(
                    page.contains(".B \"\(word.replacing("\\", with: "\\e").replacing("\"", with: "\\(dq"))\""),
                    "\(word)")
            }
            for word in ["FRONTDESK_DATA", "FRONTDESK_STAFF", "XDG_CONFIG_HOME", "NO_COLOR", "DATA/keys", "--group"] {
                #expect(page.contains(word), "\(word)")
            }
            for code in [0, 2, 3, 4, 5] { #expect(page.contains(".B \"\(code)\"")) }
        }

        @Test("groff finds nothing to warn of in the manual page", .enabled(if: has("groff"), "there is no groff"))
        func manualIsSound() throws {
            let home = try TestHome(empty: true)
            let page = try home.file("frontdesk.1", try home.run("man").out)
            let errors = try home.file("errors"), output = try home.file("output")
            let child = try ChildProcess(
                ["groff", "-man", "-k", "-ww", "-Tutf8", page], environment: home.environment(),
                .files(input: "/dev/null", output: output, errors: errors))
            #expect(child.wait() == 0)
            let said = try TestHome.text(errors).split(separator: "\n").filter { !$0.contains("can't break line") }
            #expect(said.isEmpty, "\(said)")
            #expect(try TestHome.text(output).contains("物业前台控制台"))
        }

        private static func has(_ tool: String) -> Bool {
            (ProcessInfo.processInfo.environment["PATH"] ?? "").split(separator: ":")
                .contains { FileManager.default.isExecutableFile(atPath: "\($0)/\(tool)") }
        }

        /// What bash offers for the last of some words, as it splits them.
        private func completions(_ home: TestHome, _ words: [String]) throws -> [String] {
            let script = try home.file("completions", try home.run("--generate-completion-script bash").out)
            let last = words.last == "=" ? "" : words.last ?? ""
            let code = """
                source '\(script)'; COMP_WORDS=("$@"); COMP_CWORD=$(($# - 1)); COMP_LINE="$*"; COMP_POINT=${#COMP_LINE}
                _frontdesk_fields frontdesk '\(last)' "${COMP_WORDS[COMP_CWORD-1]}"; printf '%s\\n' "${COMPREPLY[@]}"
                """
            let output = try home.file("offered")
            let child = try ChildProcess(
                ["bash", "-c", code, "bash"] + [Program.path] + words, environment: home.environment(),
                .files(input: "/dev/null", output: output, errors: "/dev/null"))
            #expect(child.wait() == 0)
            return try TestHome.text(output).split(separator: "\n").map(String.init)
        }

        @Test("bash completes actions, views, reports, kinds, fields and their values", .enabled(if: has("bash")))
        func bash() throws {
            let home = try TestHome(empty: true)
            for (words, offered) in [
                (["do", "person.a"], ["person.add"]), (["do", "person.add", "ro"], ["role="]),
                (["do", "person.add", "role", "="], ["owner", "tenant", "family"]),
                (["do", "person.add", "role", "=", "te"], ["tenant"]),
                (["do", "person.add", "name", "=", "张三", "na"], []), (["do", "unit.add", "ke"], ["key="]),
                (["do", "staff.add", "role", "=", "kee"], ["keeper"]),
                (["show", "ga"], ["gate"]), (["show", "followups", "state", "=", "ov"], ["overdue"]),
                (["report", "visit"], ["visitsheet"]), (["import", "veh"], ["vehicles"]),
                (["console", "--theme", "hi"], ["high-contrast"]),
            ] as [([String], [String])] {
                #expect(try completions(home, words) == offered, "\(words)")
            }
            let views = Set(try home.run("views --json").json.array.compactMap { $0["name"].text })
            #expect(try Set(completions(home, ["show", ""])).isSuperset(of: views))
        }

        @Test("The scripts for zsh and fish leave no blank after a field", arguments: ["zsh", "fish"])
        func scripts(shell: String) throws {
            let home = try TestHome(empty: true)
            let script = try home.run("--generate-completion-script \(shell)").out
            #expect(script.contains("---completion do"))
            // fish adds none after a sign.
            #expect(shell == "fish" || script.contains("_describe -V '' fields -S ''"))
        }
    }
}
