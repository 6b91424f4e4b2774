import Estate
import Screen

/// Some rows of a list that belong together, such as the debts of a building.
struct ListGroup: Equatable, Sendable {
    /// One of ``ListSource/groups(_:)``.
    let id: String
    let label: Label
}

/// A member's view settings of one list.
struct ListSettings: Codable, Equatable, Sendable {
    /// The name of the column that the list is sorted by; `nil` for the list's own order.
    var sort: String?
    var descending = false
    /// The day on which the list was put in its second order; see ``ListGrouping``. It lasts for that day; the next
    /// begins with the first order.
    var groupedOn: Day?
    var isGrouped: Bool { groupedOn != nil }
    /// The names of the hidden columns.
    var hidden: Set<String> = []
    /// The filter; unchanged while another is being typed.
    var filter: String?
    /// The group that alone is shown, for now: it is not kept.
    var group: ListGroup?

    /// The settings that decide the order.
    var order: [String] { [sort ?? "", descending ? "down" : "up", isGrouped ? "grouped" : "", group?.id ?? ""] }

    func sign(_ glyphs: Glyphs) -> String { descending ? glyphs.down : glyphs.up }

    init() {}

    init(from decoder: any Decoder) throws {
        let values = try decoder.container(keyedBy: CodingKeys.self)
        sort = try values.decodeIfPresent(String.self, forKey: .sort)
        descending = try values.decodeIfPresent(Bool.self, forKey: .descending) ?? false
        let grouped = try? values.decodeIfPresent(String.self, forKey: .grouped)
        groupedOn = grouped.flatMap { try? Day(text: $0, zone: .shanghai) }
        hidden = try values.decodeIfPresent(Set<String>.self, forKey: .hidden) ?? []
        filter = try values.decodeIfPresent(String.self, forKey: .filter)
    }

    func encode(to encoder: any Encoder) throws {
        var values = encoder.container(keyedBy: CodingKeys.self)
        try values.encodeIfPresent(sort, forKey: .sort)
        if descending { try values.encode(true, forKey: .descending) }
        try values.encodeIfPresent(groupedOn?.text, forKey: .grouped)
        if !hidden.isEmpty { try values.encode(hidden.sorted(), forKey: .hidden) }
        try values.encodeIfPresent(filter, forKey: .filter)
    }

    /// The settings that fit a list with these columns, at least one of which stays visible.
    func valid(among columns: [String]) -> ListSettings {
        var settings = self
        settings.hidden.formIntersection(columns)
        if settings.hidden.count == columns.count { settings.hidden = [] }
        if let sort, !columns.contains(sort) { (settings.sort, settings.descending) = (nil, false) }
        return settings
    }

    private enum CodingKeys: String, CodingKey { case sort, descending, grouped, hidden, filter }
}
