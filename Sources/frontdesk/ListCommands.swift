import ArgumentParser
import Estate
import Foundation
import Journal
import Screen

/// `frontdesk actions`: what may be done, with fields, types and who may.
struct ActionsCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "actions", abstract: "全部动作 · what may be done, with fields, types and who may")
    @Flag(help: "JSON") var json = false
    // The options that stand everywhere; nothing here depends on them.
    @OptionGroup var data: DataOptions
    @OptionGroup var staff: StaffOptions
    @OptionGroup var time: TimeOptions

    func run() {
        if json { return say(array(Estate.actions.map { $0.json })) }
        let language = Language.ofEnvironment()
        for action in Estate.actions {
            let roles = action.permitted.map(\.rawValue).joined(separator: ", ")
            say("\(action.name)  \(action.label[language])  [\(roles)]")
            action.description.forEach { say("    \($0.line(language))") }
        }
    }
}

/// `frontdesk views`: what may be shown, with parameters and columns.
struct ViewsCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "views", abstract: "全部视图 · what may be shown, with parameters and columns")
    @Flag(help: "JSON") var json = false
    // The options that stand everywhere; nothing here depends on them.
    @OptionGroup var data: DataOptions
    @OptionGroup var staff: StaffOptions
    @OptionGroup var time: TimeOptions

    func run() { tell(Estate.views, asJSON: json) }
}

/// `frontdesk reports`: what may be printed, with parameters and columns.
struct ReportsCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "reports", abstract: "全部报表 · what may be printed, with parameters and columns")
    @Flag(help: "JSON") var json = false
    // The options that stand everywhere; nothing here depends on them.
    @OptionGroup var data: DataOptions
    @OptionGroup var staff: StaffOptions
    @OptionGroup var time: TimeOptions

    func run() { tell(Estate.reports, asJSON: json) }
}

private func tell(_ views: [any View.Type], asJSON json: Bool) {
    if json { return say(array(views.map { $0.json })) }
    let language = Language.ofEnvironment()
    for view in views {
        let parameters = view.description.map { $0.key + ($0.isRequired ? "=" : "?=") }.joined(separator: " ")
        say("\(view.name) \(parameters)  \(view.label[language])")
        view.columnDescriptions.forEach { say("    \($0.line(language))") }
    }
}

private func array(_ elements: [String]) -> String { "[\n\(elements.joined(separator: ",\n"))\n]" }

extension FieldDescription {
    /// One line for people: `plate?  车牌  plate`.
    fileprivate func line(_ language: Language) -> String {
        let measure = TextWidth()
        return measure.pad(key + (isRequired ? "" : "?"), to: 16, align: .left)
            + measure.pad(label[language], to: 18, align: .left) + type.name
    }

    fileprivate func write(to json: inout JSONWriter) {
        json.openObject()
        json.key("name")
        json.string(key)
        json.key("type")
        json.string(type.name)
        json.key("required")
        json.bool(isRequired)
        json.key("label")
        json.string(label.chinese)
        json.key("labelEnglish")
        json.string(label.english)
        json.closeObject()
    }
}

extension Action {
    /// Who may do it, a manager included.
    fileprivate static var permitted: [Role] { Role.allCases.filter { $0 == .manager || roles.contains($0) } }

    fileprivate static var json: String {
        var json = JSONWriter()
        json.openObject()
        json.key("name")
        json.string(name)
        json.key("label")
        json.string(label.chinese)
        json.key("labelEnglish")
        json.string(label.english)
        json.key("roles")
        json.openArray()
        for role in permitted { json.string(role.rawValue) }
        json.closeArray()
        json.key("fields")
        json.openArray()
        for field in description { field.write(to: &json) }
        json.closeArray()
        json.closeObject()
        return json.text
    }
}

extension View {
    fileprivate static var json: String {
        var json = JSONWriter()
        json.openObject()
        json.key("name")
        json.string(name)
        json.key("label")
        json.string(label.chinese)
        json.key("labelEnglish")
        json.string(label.english)
        json.key("parameters")
        json.openArray()
        for field in description { field.write(to: &json) }
        json.closeArray()
        json.key("columns")
        json.openArray()
        for field in columnDescriptions { field.write(to: &json) }
        json.closeArray()
        json.closeObject()
        return json.text
    }
}
