/// A workbook (ECMA-376, `.xlsx`): its sheets' names and places, shared strings and number formats.
struct Workbook {
    private struct Tab {
        let name: String
        let isVisible: Bool
        /// The id of its relationship.
        let relationship: String
    }

    private struct Relationship {
        /// The last part of the type's URI, e.g. `worksheet`: there are two sets of URIs.
        let type: String
        let target: String
    }

    private var archive: ZipArchive
    private let folder: String
    private var tabs: [Tab] = []
    private var dates = DateSystem.from1900
    private let relationships: [String: Relationship]

    private let limits: Limits

    /// Throws ``SheetError``.
    init(_ bytes: [UInt8], _ limits: Limits = Limits()) throws {
        self.limits = limits
        archive = try ZipArchive(bytes, limits)
        let root = try Workbook.relationships(in: "_rels/.rels", of: "", &archive)
        let path = root.values.first { $0.type == "officeDocument" }?.target ?? "xl/workbook.xml"
        guard let contents = try archive.contents(of: path) else { throw SheetError.noWorkbook }
        let slash = path.lastIndex(of: "/")
        folder = slash.map { String(path[...$0]) } ?? ""
        let file = slash.map { String(path[path.index(after: $0)...]) } ?? path
        relationships = try Workbook.relationships(in: "\(folder)_rels/\(file).rels", of: folder, &archive)
        var xml = XMLReader(contents, part: path)
        while let event = try xml.next() {
            guard event == .start else { continue }
            if xml.name == "workbookPr" {
                if let flag = try xml.attribute("date1904"), flag == "1" || flag == "true" { dates = .from1904 }
            } else if xml.name == "sheet", let name = try xml.attribute("name"), let id = try xml.attribute("id") {
                let state = try xml.attribute("state")
                tabs.append(Tab(name: name, isVisible: state == nil || state == "visible", relationship: id))
            }
        }
    }

    private static func relationships(
        in path: String, of folder: String, _ archive: inout ZipArchive
    ) throws -> [String: Relationship] {
        guard let contents = try archive.contents(of: path) else { return [:] }
        var (xml, found) = (XMLReader(contents, part: path), [String: Relationship]())
        while let event = try xml.next() {
            guard event == .start, xml.name == "Relationship", let id = try xml.attribute("Id"),
                let type = try xml.attribute("Type"), let target = try xml.attribute("Target")
            else { continue }
            found[id] = Relationship(
                type: String(type.split(separator: "/").last ?? ""), target: resolved(target, in: folder))
        }
        return found
    }

    /// A target as a path in the archive: it may be absolute, or relative to the folder.
    private static func resolved(_ target: String, in folder: String) -> String {
        var parts = target.hasPrefix("/") ? [] : folder.split(separator: "/")
        for part in target.split(separator: "/") where part != "." {
            if part == ".." { _ = parts.popLast() } else { parts.append(part) }
        }
        return parts.joined(separator: "/")
    }

    /// The tabs that are tables, not charts.
    private var tables: [Tab] { tabs.filter { relationships[$0.relationship]?.type == "worksheet" } }

    /// The names of the visible sheets, in order.
    var visibleSheets: [String] { tables.filter(\.isVisible).map(\.name) }

    /// The sheet of a name; `nil` for the first visible one. Throws ``SheetError``.
    mutating func sheet(named name: String?) throws -> Spreadsheet {
        guard let tab = tables.first(where: { name.map($0.name.isSameSheet) ?? $0.isVisible }),
            let path = relationships[tab.relationship]?.target
        else { throw SheetError.noSheet(named: name, known: tables.map(\.name)) }
        guard let contents = try archive.contents(of: path) else { throw SheetError.malformed(part: path) }
        let formats = try part("styles").map { try NumberFormats($0.contents, part: $0.path) } ?? NumberFormats()
        let strings = try part("sharedStrings").map { try SharedStrings.read($0.contents, part: $0.path) } ?? []
        var reader = SheetReader(contents, part: path, strings: strings, formats: formats, dates: dates, limits)
        return Spreadsheet(.xlsx, name: tab.name, rows: try reader.rows())
    }

    /// The part to which the workbook has a relationship of a type, or the usual one.
    private mutating func part(_ type: String) throws -> (path: String, contents: [UInt8])? {
        let path = relationships.values.first { $0.type == type }?.target ?? "\(folder)\(type).xml"
        return try archive.contents(of: path).map { (path, $0) }
    }
}

extension String {
    /// Excel compares the names of sheets without regard to case.
    fileprivate func isSameSheet(_ other: String) -> Bool { lowercased() == other.lowercased() }
}
