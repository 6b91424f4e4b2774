import ArgumentParser
import Estate
import Foundation
import Sheets

// What a shell completes, from the declarations. The argument parser makes the scripts
// (`frontdesk --generate-completion-script bash`), which call the program for the words below.

extension CompletionKind {
    static let actions = names { Estate.actions.map { ($0.name, $0.label) } }
    static let views = names { Estate.views.map { ($0.name, $0.label) } }
    static let reports = names { Estate.reports.map { ($0.name, $0.label) } }
    static let importKinds = list(Estate.imports.map(\.name))

    private static func names(_ names: @escaping @Sendable () -> [(String, Label)]) -> CompletionKind {
        .custom { _, _, _ in names().map { described($0.0, $0.1) } }
    }

    /// The fields of the action, view or report that the command line names, then their values.
    static let fields = CompletionKind.custom { words, index, prefix in
        guard let fields = fields(of: words) else { return [] }
        let typed = TypedPair(words, index, prefix)
        guard let key = typed.key else {
            // bash has the sign as a word of its own.
            let given = Set(
                words.filter { $0.contains("=") }.map { String($0.prefix { $0 != "=" }) }
                    + zip(words, words.dropFirst()).filter { $1 == "=" }.map(\.0))
            return fields.filter { !given.contains($0.key) }.map { described("\($0.key)=", $0.label) }
        }
        guard let field = fields.first(where: { $0.key == key }) else { return [] }
        return field.type.completions.map { described(typed.isWhole ? "\(key)=\($0.0)" : $0.0, $0.1) }
    }

    /// The fields that go with the first name of an action, a view or a report on the command line.
    private static func fields(of words: [String]) -> [FieldDescription]? {
        let key = FieldDescription.idempotencyKey
        if words.contains("do") {
            return words.lazy.compactMap { word in Estate.actions.first { $0.name == word } }.first
                .map { $0.description + [key] }
        }
        let views = words.contains("report") ? Estate.reports : Estate.views
        return words.lazy.compactMap { word in views.first { $0.name == word } }.first.map { view in
            view.description
                + view.columnDescriptions.filter { column in
                    !view.description.contains { $0.key == column.key }
                }
        }
    }

    /// A candidate with its description, in shells that show one.
    private static func described(_ word: String, _ label: Label) -> String {
        let text = label[.ofEnvironment()]
        return switch CompletionShell.requesting {
        case .some(.zsh): "\(word):\(text)"
        case .some(.fish): "\(word)\t\(text)"
        default: word
        }
    }
}

/// The `key=value` that is being typed. bash splits it at the sign, other shells do not.
private struct TypedPair {
    /// `nil` before the sign is typed.
    var key: String?
    /// Whether the candidates have to begin with the key.
    var isWhole = true

    init(_ words: [String], _ index: Int, _ prefix: String) {
        if words.indices.contains(index), words[index] == "=", index > 0 {
            (key, isWhole) = (words[index - 1], false)
        } else if index > 1, words.indices.contains(index - 1), words[index - 1] == "=" {
            (key, isWhole) = (words[index - 2], false)
        } else if let sign = prefix.firstIndex(of: "="), sign > prefix.startIndex {
            key = String(prefix[..<sign])
        }
    }
}

extension FieldType {
    /// The values of a field that are few and known without an estate.
    fileprivate var completions: [(String, Label)] {
        switch self {
        case .choice(let choices): choices.map { ($0.value, $0.label) }
        case .flag: [("yes", Label("是", en: "yes")), ("no", Label("否", en: "no"))]
        case .list(let type): type.completions
        default: []
        }
    }
}

/// The argument parser's scripts, but for the blank after `unit=`, where the value belongs.
enum CompletionScript {
    static func adapted(_ script: String, to shell: String) -> String {
        switch shell {
        case "bash":
            script + """

                # A field is not a word of its own, and not a file name: neither blank nor backslash.
                _frontdesk_fields() {
                    _frontdesk "$@"
                    case "${COMP_WORDS[*]}" in
                    *' do '*|*' show '*|*' report '*) compopt +o filenames 2>/dev/null ;;
                    esac
                    [[ "${COMPREPLY[*]}" == *= ]] && compopt -o nospace 2>/dev/null
                    return 0
                }
                complete -o filenames -F _frontdesk_fields frontdesk

                """
        case "zsh":
            script.replacingOccurrences(
                of: "    _describe -V '' non_empty_completions -- empty_completions -P $'\\'\\''\n",
                with: """
                        # A blank after `unit=` would end the field.
                        local -a fields=("${(@)non_empty_completions:#^[a-zA-Z]##=(:*|)}")
                        local -a others=("${(@)non_empty_completions:#[a-zA-Z]##=(:*|)}")
                        _describe -V '' fields -S ''
                        _describe -V '' others -- empty_completions -P $'\\'\\''

                    """)
        default: script
        }
    }
}
