import Estate
import Foundation
import Screen
import struct Journal.Moment

/// The files that may be imported, by a path that is being typed: those of its folder whose names match its last part.
final class ImportFiles {
    private struct Entry {
        let name: String
        let isFolder: Bool
        let changed: Moment
    }

    /// The folder in which a relative path begins.
    private let base: String
    /// The folder that was read last: one key in a path reads no folder again.
    private var known: (folder: String, entries: [Entry])?

    private static let endings: Set<String> = ["xlsx", "csv", "txt", "tsv"]
    private static let most = 500

    init() {
        let current = FileManager.default.currentDirectoryPath
        base = current == "/" ? NSHomeDirectory() : current
    }

    /// The absolute path of a typed one, without the quotes that terminals put around dropped files.
    private func absolute(_ typed: String) -> String {
        var path = typed.trimmed
        if path.count > 1, let first = path.first, "'\"".contains(first), path.last == first {
            path = String(path.dropFirst().dropLast())
        }
        path = (path as NSString).expandingTildeInPath
        return path.hasPrefix("/") ? path : "\(base)/\(path)"
    }

    func find(_ typed: String, _ context: Context) -> [ImportLayer.Item] {
        let path = absolute(typed)
        let isInside = typed.trimmed.isEmpty || typed.hasSuffix("/")
        let folder = isInside ? path : (path as NSString).deletingLastPathComponent
        let query = Query(isInside ? "" : (path as NSString).lastPathComponent)
        let entries = entries(of: (folder as NSString).standardizingPath)
        let items = entries.map { entry in
            (item(entry, in: folder, context), query.isEmpty ? nil : query.rank(of: [entry.name]))
        }
        let fitting = query.isEmpty ? items.map(\.0) : ChoiceList.best(of: items)
        // A file of any name can be taken, once its path is typed in full.
        let isListed = entries.contains { $0.name == (path as NSString).lastPathComponent }
        guard !isInside, !isListed, let typed = entry(at: path), !typed.isFolder else { return fitting }
        return [item(typed, in: folder, context)] + fitting
    }

    private func item(_ entry: Entry, in folder: String, _ context: Context) -> ImportLayer.Item {
        let path = ("\(folder)/\(entry.name)" as NSString).standardizingPath
        return ImportLayer.Item(
            choice: entry.isFolder ? .folder(path) : .file(path),
            name: Line(
                VisibleText.visible(entry.name) + (entry.isFolder ? "/" : ""), entry.isFolder ? .muted : .strong),
            detail: Line(entry.isFolder ? context(Label("进入文件夹", en: "go into the folder")) : "", .faint),
            trailing: Line(entry.isFolder ? "" : context.clock(entry.changed), .muted), words: [entry.name])
    }

    /// The tables of a folder, those saved last first, then its folders; none for one that cannot be read.
    private func entries(of folder: String) -> [Entry] {
        if let known, known.folder == folder { return known.entries }
        let names = (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
        let found = names.filter { !$0.hasPrefix(".") }.compactMap { entry(at: "\(folder)/\($0)") }
        let files = found.filter {
            !$0.isFolder && ImportFiles.endings.contains(($0.name as NSString).pathExtension.lowercased())
        }.sorted { ($1.changed, $0.name) < ($0.changed, $1.name) }
        let folders = found.filter(\.isFolder).sorted { $0.name < $1.name }
        let above = folder == "/" ? [] : [Entry(name: "..", isFolder: true, changed: .distantPast)]
        let entries = Array((files + above + folders).prefix(ImportFiles.most))
        known = (folder, entries)
        return entries
    }

    /// The file or folder of a path; `nil` if there is none, or something else, such as a pipe.
    private func entry(at path: String) -> Entry? {
        var status = stat()
        guard stat(path, &status) == 0 else { return nil }
        let type = status.st_mode & S_IFMT
        guard type == S_IFREG || type == S_IFDIR else { return nil }
        return Entry(
            name: (path as NSString).lastPathComponent, isFolder: type == S_IFDIR,
            changed: Moment(milliseconds: Int64(status.st_mtim.tv_sec) * 1000))
    }
}
