import Glibc

/// The scan of one copy of a log to which others may append meanwhile. Each look reads only what was appended since the
/// last one; if a segment was replaced or has lost bytes, all is read again.
///
/// The segments stay open, so that a file that replaced one is noticed.
struct GrowingScan {
    let folder: String
    private let nodeText: [UInt8]
    private let disk: any Disk
    private(set) var scan = LogScan()
    private var files: [(name: String, file: Int32)] = []

    init(_ folder: String, node: String, disk: any Disk) {
        (self.folder, self.disk) = (folder, disk)
        nodeText = Line.text(ofNode: node)
    }

    mutating func close() {
        for (_, file) in files { disk.close(file) }
        files = []
    }

    private func segments() throws -> [String] { try disk.names(in: folder).filter(LogReader.isSegment) }

    /// Reads what the scan lacks.
    mutating func look() throws {
        if try !isContinued() {
            close()
            scan = LogScan()
        }
        for name in try segments() {
            if files.last.map({ $0.name < name }) ?? true {
                files.append((name, try disk.open("\(folder)/\(name)", flags: O_RDONLY, mode: 0)))
            } else if name != files.last?.name {
                continue
            }
            guard let file = files.last?.file else { continue }
            let size = try disk.size(of: file)
            if name == scan.segments.last?.name, size == scan.segments.last?.size { continue }
            try scan.read(name, file, to: size, nodeText, disk)
        }
    }

    /// Whether the copy is still as it was scanned.
    func isCurrent() throws -> Bool {
        guard try segments() == files.map(\.name) else { return false }
        for (index, (name, file)) in files.enumerated() {
            guard try disk.isCurrent(file, at: "\(folder)/\(name)"),
                try disk.size(of: file) == scan.segments[index].size
            else { return false }
        }
        return true
    }

    /// Whether nothing but an append to the last segment, and later segments, have come since.
    private func isContinued() throws -> Bool {
        guard try segments().starts(with: files.map(\.name)) else { return false }
        for (index, (name, file)) in files.enumerated() {
            guard index < scan.segments.count, try disk.isCurrent(file, at: "\(folder)/\(name)") else { return false }
            let (size, known) = (try disk.size(of: file), scan.segments[index].size)
            if index == files.count - 1 ? size < known : size != known { return false }
        }
        return true
    }
}
