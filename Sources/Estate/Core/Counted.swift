/// A part of the state that counts its changes: what was made of it can be kept until the count differs.
///
/// `estate.$gate` is the count of `estate.gate`. Counts are comparable between states of one replay only, see
/// ``Store/generation``.
@propertyWrapper
public struct Counted<Value: Sendable>: Sendable {
    private var value: Value
    public private(set) var projectedValue = 0

    public init(wrappedValue: Value) { value = wrappedValue }

    public var wrappedValue: Value {
        @inline(__always) _read { yield value }
        @inline(__always) _modify {
            projectedValue &+= 1
            yield &value
        }
    }
}
