import Testing

@testable import Estate

// The contract with scripts. Actions and views may have more fields and columns, but required fields only as stated.

/// Checks that an action has fields, by their keys; `?` marks an optional one. It must have no other required field.
func expectFields(_ action: String, _ fields: String) throws {
    let known = try Estate.action(named: action).description.map { $0.key + ($0.isRequired ? "" : "?") }
    for field in fields.split(separator: " ") { #expect(known.contains(String(field)), "\(field) of \(known)") }
    let required = known.filter { !$0.hasSuffix("?") }
    #expect(required.allSatisfy { fields.split(separator: " ").contains(Substring($0)) }, "\(required)")
}

/// Checks that a view has columns, by their keys.
func expectColumns(_ view: String, _ keys: String) throws {
    let known = Set(try Estate.view(named: view).columnDescriptions.map(\.key))
    for key in keys.split(separator: " ") { #expect(known.contains(String(key)), "\(view) has no \(key)") }
}

/// Checks the values of a view's column of choices, separated by `|`.
func expectValues(_ view: String, _ key: String, _ values: String) throws {
    let column = try Estate.view(named: view).columnDescriptions.first { $0.key == key }
    #expect(column?.type.name == values)
}
