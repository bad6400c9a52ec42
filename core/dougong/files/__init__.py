"""Files that colleagues put beside a document: contracts, drawings, photographs."""
