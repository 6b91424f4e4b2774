import Journal

/// Whether the host of a visit is one that the estate knows.
public enum HostState: String, NamedChoice {
    case known, place, unknown

    public var label: Label {
        switch self {
        case .known: Label("住户", en: "unit")
        case .place: Label("地点", en: "place")
        case .unknown: Label("未找到", en: "unknown")
        }
    }
}

/// What is visited: a unit, a place of the estate, a resident whose name is unique, or a unit and the name of a resident
/// there (`3-2-501 李强`). Any other text is recorded as an unknown host: a guard is never blocked.
public struct Host: TextValue {
    public let text: String

    public init(_ text: String) { self.text = text }

    public static var type: FieldType { .host }
    public func check(in estate: Estate) throws { _ = try resolve(in: estate) }

    /// A host as the estate knows it.
    struct Resolved {
        /// The unit or the place; of an unknown host ``UnitCode/unknownHost``.
        let unit: UnitCode
        /// The resident who was named.
        var resident: Ref<Person>?
        var state = HostState.known
        /// What was said of an unknown host. It may name a person, and is kept sealed.
        var words: String?

        static func unknown(_ words: String) -> Resolved {
            Resolved(unit: .unknownHost, state: .unknown, words: words)
        }

        /// What facts keep of the state: only that the host is unknown.
        var recordedState: HostState? { state == .unknown ? .unknown : nil }
    }

    /// Throws ``Refusal`` `host.ambiguous` for a name that several bear.
    func resolve(in estate: Estate) throws -> Resolved {
        let named = estate.people.persons(named: text)
        if named.count == 1 { return Resolved(unit: named[0].unit, resident: named[0].id) }
        if named.count > 1 {
            let units = named.map(\.unit.text).joined(separator: "、")
            throw Refusal(
                .rule, "host.ambiguous", "不止一位\(text)：\(units)，请填房号",
                en: "several are called \(text): \(units); name the unit",
                field: "host")
        }
        if let resident = estate.people.resident(in: text, zone: estate.zone) {
            return Resolved(unit: resident.unit, resident: resident.id)
        }
        if let place = try? Location(text: text, zone: estate.zone), estate.isPlace(place.code) {
            return Resolved(unit: place.code, state: .place)
        }
        guard let unit = (try? UnitCode(text: text, zone: estate.zone)).map(estate.people.current) else {
            return .unknown(text)
        }
        return estate.people.units[unit] == nil ? .unknown(text) : Resolved(unit: unit)
    }
}

extension UnitCode {
    /// What stands in the place of a host whom the estate does not know.
    static let unknownHost = UnitCode(text: "未知")
}

/// Somebody with a host whom the estate knows, or with words for one whom it does not.
public protocol HostedVisitor {
    /// The unit, the place, or that the host is unknown.
    var host: UnitCode { get }
    /// What was said of an unknown host.
    var hostWords: Particular<String?> { get }
}

extension HostedVisitor {
    /// The unit or the place; of an unknown host what was said, or that it has ended.
    public var hostName: String { host == .unknownHost ? hostWords.text { $0 ?? host.text } : host.text }
}

extension Estate {
    /// Whether the host of a visit is known.
    func hostState(of host: UnitCode, recorded: HostState?) -> HostState {
        recorded ?? (isPlace(host) ? .place : .known)
    }

    /// Whether it is a place of the estate, or one that the handbook offers.
    fileprivate func isPlace(_ code: UnitCode) -> Bool {
        people.places.contains(code) || handbook.gate.places.contains(code.text)
    }
}
