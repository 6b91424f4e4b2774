import Testing
import TestSupport

@testable import Estate

@Suite("Names and labels")
struct VocabularyTests {
    @Test("every action and each of its fields has labels in both languages")
    func actions() {
        for action in Estate.actions {
            check(action.label, action.name)
            for field in action.description { check(field.label, "\(action.name).\(field.key)") }
        }
    }

    @Test("every view, its parameters and its columns have labels in both languages")
    func views() {
        for view in Estate.views {
            check(view.label, view.name)
            for field in view.description { check(field.label, "\(view.name)?\(field.key)") }
            for column in view.columnDescriptions { check(column.label, "\(view.name).\(column.key)") }
        }
    }

    private func check(_ label: Label, _ what: String) {
        #expect(!label.chinese.isEmpty, "\(what) has no Chinese")
        #expect(!label.english.isEmpty, "\(what) has no English")
        #expect(label.english.utf8.allSatisfy { $0 < 0x80 } || label.english.contains { "–—".contains($0) }, "\(what)")
    }

    @Test("the cases of a choice have different labels")
    func choices() {
        let fields =
            Estate.actions.flatMap { $0.description } + Estate.views.flatMap { $0.description + $0.columnDescriptions }
        for field in fields {
            guard case .choice(let choices) = field.type else { continue }
            #expect(Set(choices.map(\.label.chinese)).count == choices.count, "\(field.key)")
            #expect(choices.allSatisfy { !$0.label.chinese.isEmpty && !$0.label.english.isEmpty }, "\(field.key)")
        }
    }

    @Test("names of actions and views, and keys of a record, are unique")
    func unique() {
        #expect(Set(Estate.actions.map { $0.name }).count == Estate.actions.count)
        #expect(Set(Estate.views.map { $0.name }).count == Estate.views.count)
        for keys in Estate.actions.map({ $0.description }) + Estate.views.map({ $0.columnDescriptions }) {
            #expect(Set(keys.map(\.key)).count == keys.count)
        }
    }

    @Test("a view that filters by time has that column")
    func timeKeys() {
        for view in Estate.views {
            guard let key = view.timeKey else { continue }
            #expect(view.columnDescriptions.contains { $0.key == key }, "\(view.name)")
        }
    }
}
