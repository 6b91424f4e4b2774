import Journal

/// A list that has at least one element.
public struct RequiredList<Element: FieldValue>: FieldValue {
    public let elements: [Element]

    public init(_ elements: [Element]) { self.elements = elements }

    public static var type: FieldType { [Element].type }
    public static var isFreeText: Bool { [Element].isFreeText }
    public static var placeholder: RequiredList { RequiredList([]) }
    public static func candidates(in estate: Estate) -> [Candidate] { [Element].candidates(in: estate) }

    public func check(in estate: Estate) throws { try elements.check(in: estate) }
    public func current(in estate: Estate) -> RequiredList { RequiredList(elements.current(in: estate)) }

    public init(text: String, zone: Zone) throws { try self.init([Element](text: text, zone: zone)) }
    public init(typed text: String, _ present: Present) throws { try self.init([Element](typed: text, present)) }
    public init(json: JSONValue, zone: Zone) throws { try self.init([Element](json: json, zone: zone)) }

    public init(scanning scanner: inout JSONScanner, zone: Zone) throws {
        try self.init([Element](scanning: &scanner, zone: zone))
    }

    public func text(zone: Zone) -> String { elements.text(zone: zone) }

    public func display(zone: Zone, language: Language) -> String { elements.display(zone: zone, language: language) }

    public func words(in estate: Estate, _ language: Language) -> String { elements.words(in: estate, language) }

    public func write(to json: inout JSONWriter, zone: Zone) { elements.write(to: &json, zone: zone) }
}
