import Foundation
import Journal
import TestSupport

@testable import Estate

extension Estate {
    /// The rows of all views without required parameters, as scripts read them; not of the nodes, which tell how far the
    /// journal goes.
    func allRows(at moment: Moment) throws -> [String] {
        func rows<V: View>(_: V.Type) throws -> [String] {
            try V().rows(of: self, at: moment).map { "\(V.name): \($0.texts)" }
        }
        return try Estate.views.filter { $0 != NodesView.self && !$0.description.contains(where: \.isRequired) }
            .flatMap { try rows($0) }
    }
}

extension TestEstate {
    /// The rows of all views, of this estate's state or of another.
    func allRows(of estate: Estate? = nil) throws -> [String] { try (estate ?? self.estate).allRows(at: store.now) }

    /// A view's rows, as scripts read them.
    func rows<V: View>(_: V.Type, of estate: Estate) throws -> [[String]] {
        try V(members: [:], zone: estate.zone).rows(of: estate, at: store.now).map { $0.texts }
    }

    /// The size of the journal's segments.
    func bytes() throws -> Int { try segments().reduce(0) { $0 + $1.count } }

    /// The journal's segments as they stand on the disk.
    func journalText() throws -> String { try segments().map { String(decoding: $0, as: UTF8.self) }.joined() }

    private func segments() throws -> [Data] {
        let log = "\(folder)/journal/desk"
        return try FileManager.default.contentsOfDirectory(atPath: log).filter { $0.hasSuffix(".jsonl") }
            .map { try Data(contentsOf: URL(fileURLWithPath: "\(log)/\($0)")) }
    }
}
