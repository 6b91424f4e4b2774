import ArgumentParser
import Estate
import Foundation
import Journal
import Screen

/// `frontdesk actions`: lists the actions with their fields, types and permitted roles.
struct ActionsCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "actions", abstract: "全部动作 · what may be done, with fields, types and who may")
    @Flag(help: "JSON") var json = false
    @OptionGroup var unused: UnusedOptions

    func run() {
        if json { return printLine(array(Estate.actions.map { $0.json })) }
        let language = Language.ofEnvironment()
        for action in Estate.actions {
            let roles = action.permitted.map(\.rawValue).joined(separator: ", ")
            let condition = action.condition.map { "  \($0[language])" } ?? ""
            printLine("\(action.name)  \(action.label[language])  [\(roles)]\(condition)")
            printFields(action.description, language)
        }
        printLine(ActionsCommand.aboutKeys[language])
    }

    private static let aboutKeys = Label(
        "每个动作都可带 key=…：同一人同一 key 再发，只得到原来的回执，不会重复；内容不同即拒绝（key.reused）",
        en:
            "any action takes key=…: sent again by the same member it gets the same receipt and is recorded once; other content is refused (key.reused)"
    )
}

/// `frontdesk views`: lists the views with their parameters and columns.
struct ViewsCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "views", abstract: "全部视图 · what may be shown, with parameters and columns")
    @Flag(help: "JSON") var json = false
    @OptionGroup var unused: UnusedOptions

    func run() { printViews(Estate.views, asJSON: json) }
}

/// `frontdesk reports`: lists the reports with their parameters and columns.
struct ReportsCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "reports", abstract: "全部报表 · what may be printed, with parameters and columns")
    @Flag(help: "JSON") var json = false
    @OptionGroup var unused: UnusedOptions

    func run() { printViews(Estate.reports, asJSON: json) }
}

private func printViews(_ views: [any View.Type], asJSON json: Bool) {
    if json { return printLine(array(views.map { $0.json })) }
    let language = Language.ofEnvironment()
    for view in views {
        let parameters = view.description.map { $0.key + ($0.isRequired ? "=" : "?=") }.joined(separator: " ")
        printLine("\(view.name) \(parameters)  \(view.label[language])")
        printFields(view.columnDescriptions, language)
    }
}

/// Prints one field a line in aligned columns, without truncation: `plate?  车牌  plate`.
private func printFields(_ fields: [FieldDescription], _ language: Language) {
    let measure = TextWidth()
    func width(_ least: Int, _ texts: [String]) -> Int { texts.reduce(least) { max($0, measure.width(of: $1) + 2) } }
    let (name, label) = (width(16, fields.map(\.listedName)), width(18, fields.map { $0.label[language] }))
    for field in fields {
        printLine(
            "    " + measure.pad(field.listedName, to: name, align: .left)
                + measure.pad(field.label[language], to: label, align: .left) + field.type.name)
    }
}

private func array(_ elements: [String]) -> String { "[\n\(elements.joined(separator: ",\n"))\n]" }

extension FieldDescription {
    /// The name as it is listed: with a question mark if the field may be empty.
    fileprivate var listedName: String { key + (isRequired ? "" : "?") }

    fileprivate func write(to json: inout JSONWriter) {
        json.member("name", key)
        json.member("type", type.name)
        json.member("required", isRequired)
        json.member("label", label.chinese)
        json.member("labelEnglish", label.english)
    }
}

extension Action {
    /// The permitted roles, including manager, who may do everything.
    fileprivate static var permitted: [Role] { Role.allCases.filter { $0 == .manager || roles.contains($0) } }

    fileprivate static var json: String {
        JSONWriter.object { json in
            json.member("name", name)
            json.member("label", label.chinese)
            json.member("labelEnglish", label.english)
            json.key("roles")
            json.openArray()
            for role in permitted { json.string(role.rawValue) }
            json.closeArray()
            if let condition {
                json.member("condition", condition.chinese)
                json.member("conditionEnglish", condition.english)
            }
            json.member("fields", description) { $1.write(to: &$0) }
        }
    }
}

extension View {
    fileprivate static var json: String {
        JSONWriter.object { json in
            json.member("name", name)
            json.member("label", label.chinese)
            json.member("labelEnglish", label.english)
            json.member("parameters", description) { $1.write(to: &$0) }
            json.member("columns", columnDescriptions) { $1.write(to: &$0) }
        }
    }
}
