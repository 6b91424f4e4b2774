import Estate
import Journal

// Short forms of the values in tests, from the text that scripts use. Local times are in Shanghai. A text that cannot
// be read is a mistake in the test and stops it.

public func day(_ text: String) -> Day { value(text) }
public func month(_ text: String) -> Period { value(text) }
public func unit(_ text: String) -> UnitCode { value(text) }
public func phone(_ text: String) -> Phone { value(text) }
public func plate(_ text: String) -> Plate { value(text) }
public func money(_ text: String) -> Money { value(text) }
public func ref<Kind: Entity>(_ text: String) -> Ref<Kind> { value(text) }
/// A moment such as `2026-11-23`, `2026-11-23 09:00` or `2026-11-23T09:00:05+08:00`; a date alone means its 0:00.
public func at(_ text: String) -> Moment { value(text) }

private func value<Value: FieldValue>(_ text: String) -> Value {
    do { return try Value(text: text, zone: .shanghai) } catch { preconditionFailure("“\(text)”: \(error)") }
}
