global using Supermachine;
