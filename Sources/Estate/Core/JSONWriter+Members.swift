import Journal

extension JSONWriter {
    /// The text of an object.
    public static func object(_ members: (inout JSONWriter) -> Void) -> String {
        var json = JSONWriter()
        json.object(members)
        return json.text
    }

    public mutating func object(_ members: (inout JSONWriter) -> Void) {
        openObject()
        members(&self)
        closeObject()
    }

    public mutating func member(_ name: StaticString, _ value: String) {
        key(name)
        string(value)
    }

    public mutating func member(_ name: StaticString, _ value: Int) {
        key(name)
        integer(value)
    }

    public mutating func member(_ name: StaticString, _ value: Bool) {
        key(name)
        bool(value)
    }

    public mutating func member(_ name: StaticString, _ texts: [String]) {
        key(name)
        openArray()
        for text in texts { string(text) }
        closeArray()
    }

    /// A member with an array of objects.
    public mutating func member<Element>(
        _ name: StaticString, _ elements: [Element], _ members: (inout JSONWriter, Element) -> Void
    ) {
        key(name)
        openArray()
        for element in elements { object { members(&$0, element) } }
        closeArray()
    }
}
