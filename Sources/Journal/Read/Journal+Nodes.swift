import Glibc

// The logs of other nodes in `journal/`. Nothing that is wrong with one of them keeps this node from recording.

extension Journal {
    /// What an entry of `journal/` is.
    private enum Entry {
        case log
        /// A file, or a folder whose first line names another node, such as a copy that somebody keeps.
        case other
        /// A folder without a line yet.
        case unknown
    }

    /// Adds readers for the logs of other nodes that were copied into the folder since.
    func noticeNodes() throws {
        var others: [String] = []
        for name in try nodeNames.list("\(folder)/journal", on: disk)
        where !readers.contains(where: { $0.node == name }) {
            switch entry(named: name) {
            case .log: follow(name)
            case .other: others.append(name)
            case .unknown: break
            }
        }
        strangers = others
    }

    /// Adds a reader for the log of a node.
    func follow(_ name: String) {
        readers.append(LogReader(node: name, folder: "\(folder)/journal/\(name)", disk: disk))
        readers.sort { $0.node < $1.node }
    }

    private func entry(named name: String) -> Entry {
        guard CopySource.isNodeName(name) else { return .other }
        let path = "\(folder)/journal/\(name)"
        // A folder can be opened and not read.
        do { if try disk.start(of: path, count: 1) != nil { return .other } } catch let failure as DiskFailure
            where failure.isOfOtherKind
        { return .other } catch {}
        do {
            guard let first = try disk.names(in: path).first(where: LogReader.isSegment),
                let start = try disk.start(of: "\(path)/\(first)", count: 256), !start.isEmpty
            else { return .unknown }
            return start.withUnsafeBytes { bytes in
                var scanner = JSONScanner(bytes)
                // What cannot be read is for its reader to report.
                guard scanner.take("{\"v\":"), (try? scanner.integer()) != nil, scanner.take(",\"n\":"),
                    let node = try? scanner.string()
                else { return bytes.contains(UInt8(ascii: "\n")) || bytes.count == 256 ? .log : .unknown }
                return node == name ? .log : .other
            }
        } catch {
            return .log
        }
    }

    /// HEAD of each log that has one. Read before the logs are (J1).
    func headFiles() -> [String: [UInt8]] {
        var files: [String: [UInt8]] = [:]
        for reader in readers { files[reader.node] = try? disk.start(of: "\(reader.folder)/HEAD", count: Head.size) }
        return files
    }

    /// What these name of other nodes' lines and the logs do not have.
    func damagesOfOthers(by headFiles: [String: [UInt8]]) -> [Damage] {
        readers.indices.compactMap { index in
            let reader = readers[index]
            guard reader.node != node, reader.failure == nil, let file = headFiles[reader.node] else { return nil }
            return readers[index].damage(by: Head(file))
        }
    }

    /// The failures to read the logs of other nodes.
    public var nodeFailures: [(node: String, failure: DiskFailure)] {
        readers.compactMap { reader in reader.failure.map { (reader.node, $0) } }
    }
}
